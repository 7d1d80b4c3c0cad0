import { RiCheckboxCircleLine } from '@remixicon/react';
import { PropsWithChildren } from 'react';
import styles from './AllWell.module.css';

/** Says that there is nothing to do. */
export function AllWell(props: PropsWithChildren) {
  return (
    <p className={styles.allWell}>
      <RiCheckboxCircleLine size={18} aria-hidden />
      {props.children}
    </p>
  );
}
