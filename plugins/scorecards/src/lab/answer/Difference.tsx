import styles from './Answer.module.css';

const signed = new Intl.NumberFormat(undefined, { signDisplay: 'exceptZero' });

/** By how much a number differs from today; nothing where it does not. */
export function Difference(props: { before: number; after: number }) {
  const change = props.after - props.before;
  if (change === 0) return null;
  return (
    <span className={styles.difference} aria-hidden>
      {signed.format(change)}
    </span>
  );
}
