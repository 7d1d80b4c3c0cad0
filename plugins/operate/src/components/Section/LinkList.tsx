import { Link } from '@backstage/ui';
import { OperateLink } from '@waymark/operate-common';
import styles from './Section.module.css';

/** Links out of the portal. */
export function LinkList(props: { links: OperateLink[] }) {
  return (
    <ul className={styles.list}>
      {props.links.map(link => (
        <li key={link.url}>
          <Link href={link.url} target="_blank" rel="noopener noreferrer">
            {link.title}
          </Link>
        </li>
      ))}
    </ul>
  );
}
