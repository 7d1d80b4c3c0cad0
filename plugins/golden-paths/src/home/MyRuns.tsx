import { useApi } from '@backstage/frontend-plugin-api';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { Link, Skeleton, Text } from '@backstage/ui';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { LoadFailure } from '../components/LoadFailure';
import { TitledCard } from '../components/TitledCard';
import { RunRow } from '../pages/runs/RunRow';
import { useRunsLink } from '../routes';
import styles from './MyRuns.module.css';

const SHOWN = 3;

/** My latest runs of templates. */
export function MyRuns() {
  const scaffolderApi = useApi(scaffolderApiRef);
  const runsLink = useRunsLink();
  const { value, error, retry } = useAsyncRetry(
    () => scaffolderApi.listTasks({ filterByOwnership: 'owned', limit: SHOWN }),
    [scaffolderApi],
  );
  return (
    <TitledCard
      title="My runs"
      aside={runsLink && <Link href={runsLink}>All</Link>}
    >
      {error && !value && (
        <LoadFailure
          title="The runs could not be loaded"
          error={error}
          onRetry={retry}
        />
      )}
      {!value && !error && <Skeleton width="100%" height={48} />}
      {value?.tasks.length === 0 && (
        <Text as="p" color="secondary">
          None yet. What you make by a template is here, running or done.
        </Text>
      )}
      {value && (
        <ul className={styles.list}>
          {value.tasks.map(task => (
            <RunRow key={task.id} task={task} />
          ))}
        </ul>
      )}
    </TitledCard>
  );
}
