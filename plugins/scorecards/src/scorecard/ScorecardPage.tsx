import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { useParams } from 'react-router-dom';
import { EmptyState, Loading, LoadFailure, Refusal } from '../components';
import { useScorecard } from '../hooks/useReads';
import { scorecardsTranslationRef } from '../translation';
import { AsOf } from './AsOf';
import { MoversUntilNow } from '../overview/Movers';
import { EntitiesView } from './entities/EntitiesView';
import { HeatMapView } from './heatMap/HeatMapView';
import { MatrixView } from './matrix/MatrixView';
import { ScorecardHeader } from './ScorecardHeader';
import { Summary } from './Summary';
import { useScorecardAddress } from './useScorecardAddress';
import { ViewSwitch } from './ViewSwitch';

/** One scorecard, today or on a past day: how the entities fare, by whom, and each of them. */
export function ScorecardPage() {
  const { name = '' } = useParams();
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { address } = useScorecardAddress();
  const { data, error, isPending, isFetching, refetch } = useScorecard(name);
  if (isPending) {
    return <Loading label={t('scorecard.loading')} height={480} />;
  }
  if (!data) {
    return (
      <>
        <Text as="h1" variant="title-small" weight="bold">
          {name}
        </Text>
        <LoadFailure
          title={t('scorecard.error')}
          error={error}
          isRetrying={isFetching}
          onRetry={refetch}
        />
      </>
    );
  }
  return (
    <>
      <ScorecardHeader scorecard={data} />
      <Refusal definition={data} />
      {data.spec ? (
        <>
          <AsOf />
          <Summary scorecard={data} asOf={address.asOf} />
          <ViewSwitch />
          {address.view === 'map' && (
            <>
              <HeatMapView scorecard={data} />
              {!address.asOf && (
                <MoversUntilNow shown={name} scorecard={name} />
              )}
            </>
          )}
          {address.view === 'entities' && <EntitiesView scorecard={data} />}
          {address.view === 'matrix' && (
            <MatrixView scorecard={data} filter={address.filter} />
          )}
        </>
      ) : (
        <EmptyState
          title={t('scorecard.nothing')}
          description={t('scorecard.nothingDescription')}
        />
      )}
    </>
  );
}
