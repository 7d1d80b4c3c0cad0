import { Skeleton, VisuallyHidden } from '@backstage/ui';
import styles from './OperateCard.module.css';

/** Holds the place of the sections, so that nothing jumps when they arrive. */
export function OperateSkeleton(props: { label: string }) {
  const rows = ['on-call', 'runbook', 'slo', 'dashboards', 'slack'];
  return (
    <div role="status" aria-busy="true">
      <VisuallyHidden>{props.label}</VisuallyHidden>
      <div className={styles.sections} aria-hidden="true">
        {rows.map((row, index) => (
          <div key={row} className={index === 0 ? styles.onCall : undefined}>
            <Skeleton width={96} height={16} />
            <Skeleton height={index === 0 ? 88 : 40} style={{ marginTop: 8 }} />
          </div>
        ))}
        <div className={styles.lastChanges}>
          <Skeleton width={96} height={16} />
          <Skeleton height={150} style={{ marginTop: 8 }} />
        </div>
      </div>
    </div>
  );
}
