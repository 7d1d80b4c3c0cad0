import { ReactNode } from 'react';
import styles from './TwoColumns.module.css';

/** A wide column and a narrow one beside it; on a narrow screen the second follows the first. One alone takes all room. */
export function TwoColumns(props: { wide: ReactNode; narrow?: ReactNode }) {
  return (
    <div className={props.narrow ? styles.columns : undefined}>
      <div className={styles.column}>{props.wide}</div>
      {props.narrow && <div className={styles.column}>{props.narrow}</div>}
    </div>
  );
}
