import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { ScorecardSummary } from '@waymark/scorecards-common';
import { EmptyState, Loading, LoadFailure } from '../components';
import { useScorecards } from '../hooks/useReads';
import { scorecardsTranslationRef } from '../translation';
import { MoversUntilNow } from './Movers';
import { ScorecardCard } from './ScorecardCard';
import styles from './Overview.module.css';

/** Every scorecard: how the entities fare, and what is wrong with its definition. */
export function OverviewPage() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { data, error, isPending, isFetching, refetch } = useScorecards();
  return (
    <>
      <div>
        <Text as="h1" variant="title-small" weight="bold">
          {t('overview.title')}
        </Text>
        <Text as="p" color="secondary">
          {t('overview.description')}
        </Text>
      </div>
      {isPending && <Loading label={t('overview.loading')} height={320} />}
      {error && !data && (
        <LoadFailure
          title={t('overview.error')}
          error={error}
          isRetrying={isFetching}
          onRetry={refetch}
        />
      )}
      {data?.length === 0 && (
        <EmptyState
          title={t('overview.empty')}
          description={t('overview.emptyDescription')}
        />
      )}
      {data && data.length > 0 && (
        <>
          <ul className={styles.cards}>
            {data.map(scorecard => (
              <li key={scorecard.name}>
                <ScorecardCard scorecard={scorecard} />
              </li>
            ))}
          </ul>
          <MoversOfAll scorecards={data} />
        </>
      )}
    </>
  );
}

function MoversOfAll(props: { scorecards: ScorecardSummary[] }) {
  const inForce = props.scorecards.find(({ spec }) => spec);
  return inForce ? <MoversUntilNow shown={inForce.name} /> : null;
}
