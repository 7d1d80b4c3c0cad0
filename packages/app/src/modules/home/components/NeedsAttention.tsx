import { stringifyEntityRef } from '@backstage/catalog-model';
import { Button, Skeleton, Text } from '@backstage/ui';
import { useState } from 'react';
import { AllWell, LoadFailure } from '../../../components';
import { isMine, useProblems } from '../../problems';
import { findAttention } from '../findAttention';
import { useOwned } from '../hooks/useOwned';
import { AttentionRow } from './AttentionRow';
import { BrokenFiles } from './BrokenFiles';
import { HomeCard } from './HomeCard';
import styles from './NeedsAttention.module.css';

const SHOWN = 8;

/** What is wrong or missing in the things I own: one line each, the worst first. */
export function NeedsAttention() {
  const { data, error, isFetching, refetch } = useOwned();
  const problems = useProblems();
  const [isExpanded, setIsExpanded] = useState(false);
  if (error && !data) {
    return (
      <HomeCard title="Needs attention">
        <LoadFailure error={error} isRetrying={isFetching} onRetry={refetch} />
      </HomeCard>
    );
  }
  if (!data || problems.isPending) {
    return (
      <HomeCard title="Needs attention">
        <div role="status" aria-label="Loading what needs attention">
          <Skeleton width="100%" height={220} />
        </div>
      </HomeCard>
    );
  }

  const attention = findAttention(data.entities, data.groups);
  // What fails as an entity is among these; what fails as a file is not.
  const refs = new Set(data.entities.map(stringifyEntityRef));
  const files = (problems.data ?? []).filter(
    problem => !refs.has(problem.entityRef) && isMine(problem, data.ownership),
  );
  const shown = isExpanded ? attention : attention.slice(0, SHOWN);
  // The same few annotations are missing all over: said once, below the list.
  const fixes = [
    ...new Set(
      shown
        .flatMap(item => item.concerns)
        .filter(concern => concern.severity === 'gap')
        .map(concern => concern.fix),
    ),
  ];
  return (
    <HomeCard
      title="Needs attention"
      aside={
        attention.length > 0 && (
          <Text variant="body-small" color="secondary">
            {`${attention.length} of ${data.entities.length} you own`}
          </Text>
        )
      }
    >
      {problems.error && (
        <Text as="p" variant="body-small" color="secondary">
          {`Whether files of yours are broken could not be found out: ${problems.error.message}`}
        </Text>
      )}
      {attention.length === 0 && files.length === 0 ? (
        <AllWell>
          {data.total > 0
            ? 'Nothing needs your attention: each of your services names its on-call, runbook and objectives, and the catalog reads them all.'
            : 'You own nothing yet. An entity is yours when spec.owner of its catalog-info.yaml names you or one of your teams.'}
        </AllWell>
      ) : (
        <ul className={styles.list}>
          <BrokenFiles problems={files} />
          {shown.map(item => (
            <AttentionRow
              key={stringifyEntityRef(item.entity)}
              attention={item}
            />
          ))}
        </ul>
      )}
      {fixes.length > 0 && (
        <Text
          as="p"
          variant="body-small"
          color="secondary"
          className={styles.fixes}
        >
          {fixes.join(' ')}
        </Text>
      )}
      {attention.length > SHOWN && (
        <Button
          variant="tertiary"
          onPress={() => setIsExpanded(value => !value)}
        >
          {isExpanded ? 'Show fewer' : `Show all ${attention.length}`}
        </Button>
      )}
    </HomeCard>
  );
}
