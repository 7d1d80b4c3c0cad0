import { Button, Skeleton, Text } from '@backstage/ui';
import { useState } from 'react';
import { AllWell, LoadFailure } from '../../../components';
import { useOwned } from '../../home/hooks/useOwned';
import { filterProblems } from '../filterProblems';
import { useProblemFilter } from '../useProblemFilter';
import { useProblems } from '../useProblems';
import { ProblemFilter } from './ProblemFilter';
import { ProblemCard } from './ProblemCard';
import styles from './Problems.module.css';

const PAGE = 25;

/** Filter and list, or why there is none. */
export function Problems() {
  const problems = useProblems();
  const owned = useOwned();
  const filter = useProblemFilter();
  const [shown, setShown] = useState(PAGE);

  const failed = [problems, owned].find(({ error, data }) => error && !data);
  if (failed?.error) {
    return (
      <LoadFailure
        error={failed.error}
        isRetrying={failed.isFetching}
        onRetry={() => failed.refetch()}
      />
    );
  }
  if (!problems.data || !owned.data) {
    return (
      <div role="status" aria-label="Loading the problems of the catalog">
        <Skeleton width="100%" height={320} />
      </div>
    );
  }
  if (problems.data.length === 0) {
    return (
      <AllWell>
        No problems: the catalog can read every file that you may see.
      </AllWell>
    );
  }

  const found = filterProblems(problems.data, filter, owned.data.ownership);
  return (
    <div className={styles.page}>
      <Text as="p" color="secondary" className={styles.purpose}>
        What the catalog could not take in. Correct the file and push: the entry
        goes by itself within seconds. Until then the last good version stays.
      </Text>
      <ProblemFilter filter={filter} problems={problems.data} />
      <Text as="p" variant="body-small" color="secondary" role="status">
        {`${found.length} of ${problems.data.length}`}
      </Text>
      {found.length === 0 ? (
        <div className={styles.nothing}>
          <AllWell>
            {filter.owner === 'mine' && !filter.text
              ? 'Nothing of yours is on this list.'
              : 'No problem matches this filter.'}
          </AllWell>
          <Button variant="secondary" onPress={filter.clear}>
            Show all
          </Button>
        </div>
      ) : (
        <ul className={styles.list}>
          {found.slice(0, shown).map(problem => (
            <li key={problem.entityRef}>
              <ProblemCard problem={problem} />
            </li>
          ))}
        </ul>
      )}
      {found.length > shown && (
        <Button
          variant="secondary"
          onPress={() => setShown(count => count + PAGE)}
        >
          {`Show ${Math.min(PAGE, found.length - shown)} more`}
        </Button>
      )}
    </div>
  );
}
