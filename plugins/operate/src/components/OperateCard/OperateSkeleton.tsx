import { Skeleton, VisuallyHidden } from '@backstage/ui';
import styles from './OperateCard.module.css';

/** Holds the place of the sections, so that nothing jumps when they arrive. */
export function OperateSkeleton(props: { label: string }) {
  return (
    <div role="status" aria-busy="true">
      <VisuallyHidden>{props.label}</VisuallyHidden>
      <div className={styles.sections} aria-hidden="true">
        <Block height={150} />
        <div className={styles.facts}>
          <Block height={24} />
          <Block height={44} />
          <Block height={24} />
          <Block height={24} />
        </div>
        <div className={styles.lastChanges}>
          <Block height={150} />
        </div>
      </div>
    </div>
  );
}

function Block(props: { height: number }) {
  return (
    <div>
      <Skeleton width={96} height={16} />
      <Skeleton width="100%" height={props.height} style={{ marginTop: 8 }} />
    </div>
  );
}
