import { ReactNode } from 'react';
import styles from './ExemptionItem.module.css';

/** What something is called, and what it is: in a list of such terms. */
export function Term(props: { name: string; children: ReactNode }) {
  return (
    <div className={styles.term}>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
