import styles from './Logo.module.css';

/** The sign of Waymark, a cairn: stones set on one another to show the way. */
export function LogoIcon(props: { title?: string; className?: string }) {
  const { title, className } = props;
  return (
    <svg
      viewBox="0 0 32 32"
      className={className ?? styles.icon}
      role={title ? 'img' : undefined}
      aria-label={title}
      aria-hidden={title ? undefined : true}
    >
      <rect x="11.5" y="5" width="10" height="6" rx="3" fill="#f2b04a" />
      <rect
        x="7.5"
        y="12.5"
        width="15"
        height="6.5"
        rx="3.25"
        fill="currentColor"
        opacity="0.85"
      />
      <rect x="4" y="20.5" width="24" height="7" rx="3.5" fill="currentColor" />
    </svg>
  );
}

/** The sign with the name beside it. */
export function LogoFull(props: { title?: string }) {
  return (
    <span
      className={styles.full}
      role={props.title ? 'img' : undefined}
      aria-label={props.title}
    >
      <LogoIcon />
      <span aria-hidden={props.title ? true : undefined}>Waymark</span>
    </span>
  );
}
