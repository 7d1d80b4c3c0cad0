import { Link, Text } from '@backstage/ui';
import { RiErrorWarningLine } from '@remixicon/react';
import { CatalogProblem } from '@waymark/waymark-common';
import { describeProblem } from '../../problems';
import styles from './NeedsAttention.module.css';

const SHOWN = 3;

/** The first files of mine that the catalog cannot take in, as rows of the list, and the way to all of them. */
export function BrokenFiles(props: { problems: CatalogProblem[] }) {
  const { problems } = props;
  return problems.slice(0, SHOWN).map((problem, index) => {
    const { file, reason } = describeProblem(problem);
    const more = problems.length - SHOWN;
    return (
      <li key={problem.entityRef} className={styles.row}>
        <RiErrorWarningLine size={18} className={styles.error} aria-hidden />
        <div className={styles.body}>
          <Link href="/catalog-problems?owner=mine">{file}</Link>
          <Text as="p" variant="body-small" className={styles.reason}>
            {reason}
          </Text>
          {index === SHOWN - 1 && more > 0 && (
            <Link href="/catalog-problems?owner=mine" variant="body-small">
              {`And ${more} more`}
            </Link>
          )}
        </div>
      </li>
    );
  });
}
