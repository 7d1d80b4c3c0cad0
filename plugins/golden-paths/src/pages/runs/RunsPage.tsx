import { useApi } from '@backstage/frontend-plugin-api';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { Button, Container, Skeleton, Switch, Text } from '@backstage/ui';
import { useState } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { LoadFailure } from '../../components/LoadFailure';
import { RunRow } from './RunRow';
import styles from './RunsPage.module.css';

const PAGE = 20;

/** Runs of templates, the latest first: mine, or all that I may see. */
export function RunsPage() {
  const scaffolderApi = useApi(scaffolderApiRef);
  const [isAll, setIsAll] = useState(false);
  const [limit, setLimit] = useState(PAGE);
  const runs = useAsyncRetry(
    () =>
      scaffolderApi.listTasks({
        filterByOwnership: isAll ? 'all' : 'owned',
        limit,
      }),
    [scaffolderApi, isAll, limit],
  );
  const { tasks = [], totalTasks = 0 } = runs.value ?? {};
  return (
    <Container>
      <div className={styles.page}>
        <div className={styles.bar}>
          <Text as="h1" variant="title-small" weight="bold">
            {isAll ? 'All runs' : 'My runs'}
          </Text>
          <Switch
            label="Runs of others too"
            isSelected={isAll}
            onChange={setIsAll}
          />
        </div>
        {runs.error && (
          <LoadFailure
            title="The runs could not be loaded"
            error={runs.error}
            onRetry={runs.retry}
          />
        )}
        {runs.loading && !runs.value && (
          <div role="status" aria-label="Loading the runs">
            <Skeleton width="100%" height={240} />
          </div>
        )}
        {runs.value && tasks.length === 0 && (
          <Text as="p" color="secondary">
            {isAll
              ? 'Nobody has run a template yet.'
              : 'You have not run a template yet. Choose one on the tab Templates.'}
          </Text>
        )}
        {tasks.length > 0 && (
          <ul className={styles.list}>
            {tasks.map(task => (
              <RunRow key={task.id} task={task} withStarter={isAll} />
            ))}
          </ul>
        )}
        {totalTasks > tasks.length && (
          <Button
            variant="secondary"
            isPending={runs.loading}
            onPress={() => setLimit(count => count + PAGE)}
          >
            Show more
          </Button>
        )}
      </div>
    </Container>
  );
}
