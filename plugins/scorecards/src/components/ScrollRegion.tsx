import { PropsWithChildren } from 'react';
import styles from './Table.module.css';

/** What may be wider than the page, moved by finger, wheel and arrow keys. */
export function ScrollRegion(props: PropsWithChildren<{ label: string }>) {
  return (
    <div
      className={styles.region}
      role="region"
      aria-label={props.label}
      // Arrow keys move what has the focus.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {props.children}
    </div>
  );
}
