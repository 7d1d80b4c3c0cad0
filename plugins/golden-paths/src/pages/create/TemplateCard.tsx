import { stringifyEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { TemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { Badge, Card, CardBody, CardFooter, Link, Text } from '@backstage/ui';
import { useTemplateLink } from '../../routes';
import { isRecommended, titleOf } from './intents';
import styles from './CreatePage.module.css';

/** One template: what it makes, who keeps it, and the way in. */
export function TemplateCard(props: { template: TemplateEntityV1beta3 }) {
  const { template } = props;
  const href = useTemplateLink()(template);
  return (
    <Card className={styles.card}>
      <CardBody className={styles.body}>
        <Text as="h3" variant="body-large" weight="bold">
          {href ? (
            <Link href={href}>{titleOf(template)}</Link>
          ) : (
            titleOf(template)
          )}
        </Text>
        <Text as="p" color="secondary" className={styles.description}>
          {template.metadata.description}
        </Text>
      </CardBody>
      <CardFooter className={styles.footer}>
        {isRecommended(template) && <Badge size="small">Recommended</Badge>}
        <Text variant="body-small" color="secondary">
          <EntityRefLink
            entityRef={stringifyEntityRef(template)}
            title="About this template"
            hideIcon
          />
        </Text>
      </CardFooter>
    </Card>
  );
}
