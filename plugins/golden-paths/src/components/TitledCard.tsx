import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { PropsWithChildren, ReactNode, useId } from 'react';
import styles from './TitledCard.module.css';

/** A card that is a region of the page by its title. */
export function TitledCard(
  props: PropsWithChildren<{ title: ReactNode; aside?: ReactNode }>,
) {
  const headingId = useId();
  return (
    <section aria-labelledby={headingId}>
      <Card>
        <CardHeader className={styles.header}>
          <Text as="h2" id={headingId} variant="title-x-small" weight="bold">
            {props.title}
          </Text>
          {props.aside}
        </CardHeader>
        <CardBody>{props.children}</CardBody>
      </Card>
    </section>
  );
}
