import { Card, CardBody, CardHeader, Text } from '@backstage/ui';
import { PropsWithChildren, ReactNode, useId } from 'react';
import styles from './HomeCard.module.css';

/** A titled card of the home page. */
export function HomeCard(
  props: PropsWithChildren<{ title: string; aside?: ReactNode }>,
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
