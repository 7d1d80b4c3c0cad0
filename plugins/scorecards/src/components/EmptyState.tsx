import { Text } from '@backstage/ui';
import { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** There is nothing to show, and what to do about it. */
export function EmptyState(props: {
  title: string;
  description?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <Text as="p" variant="body-large" weight="bold">
        {props.title}
      </Text>
      {props.description && (
        <Text as="p" variant="body-medium" color="secondary">
          {props.description}
        </Text>
      )}
      {props.action}
    </div>
  );
}
