import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import styles from './EntityList.module.css';

/** Links to entities with their kind. */
export function EntityList(props: { entityRefs: string[] }) {
  return (
    <ul className={styles.list}>
      {props.entityRefs.map(ref => (
        <li key={ref} className={styles.item}>
          <EntityRefLink entityRef={ref} hideIcon />
          <Text variant="body-small" color="secondary">
            {parseEntityRef(ref).kind}
          </Text>
        </li>
      ))}
    </ul>
  );
}
