import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Badge, Text } from '@backstage/ui';
import { RiErrorWarningLine, RiInformationLine } from '@remixicon/react';
import { Attention } from '../findAttention';
import styles from './NeedsAttention.module.css';

/** One entity with what is wrong or missing in it. */
export function AttentionRow(props: { attention: Attention }) {
  const { entity, concerns } = props.attention;
  const errors = concerns.filter(concern => concern.severity === 'error');
  const gaps = concerns.filter(concern => concern.severity === 'gap');
  return (
    <li className={styles.row}>
      {errors.length > 0 ? (
        <RiErrorWarningLine size={18} className={styles.error} aria-hidden />
      ) : (
        <RiInformationLine size={18} className={styles.gap} aria-hidden />
      )}
      <div className={styles.body}>
        <div className={styles.line}>
          <EntityRefLink entityRef={entity} hideIcon />
          {gaps.map(gap => (
            <Badge key={gap.text} title={gap.fix}>
              {gap.text}
            </Badge>
          ))}
        </div>
        {errors.map(error => (
          <Text
            key={error.text}
            as="p"
            variant="body-small"
            className={styles.reason}
          >
            {error.text}
          </Text>
        ))}
        {errors.length > 0 && (
          <Text as="p" variant="body-small" color="secondary">
            {errors[0].fix}
          </Text>
        )}
      </div>
    </li>
  );
}
