import { useLocation } from 'react-router-dom';
import { Link } from 'react-router-dom';
import styles from './NavLinks.module.css';

/** Places beside each other; where one is, is told. */
export function NavLinks(props: {
  label: string;
  /** A link is where one is when the path is its own. */
  links: {
    title: string;
    href: string | undefined;
    isCurrent?: boolean;
  }[];
}) {
  const { pathname } = useLocation();
  return (
    <nav aria-label={props.label} className={styles.nav}>
      <ul className={styles.list}>
        {props.links.map(({ title, href, isCurrent }) => (
          <li key={title}>
            <Link
              to={href ?? '.'}
              className={styles.link}
              aria-current={isCurrent ?? pathname === href ? 'page' : undefined}
            >
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
