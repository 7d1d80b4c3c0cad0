import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { EmptyState, Loading, LoadFailure, Refusal } from '../components';
import { useScorecards } from '../hooks/useReads';
import { useScorecardLink } from '../routes';
import { MatrixView } from '../scorecard/matrix/MatrixView';
import { useScorecardAddress } from '../scorecard/useScorecardAddress';
import { scorecardsTranslationRef } from '../translation';

/** Every entity by the checks of the security scorecard; first what nobody knows, then what was let off. */
export function SecurityPage(props: { scorecard: string }) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { address } = useScorecardAddress();
  const link = useScorecardLink();
  const { data, error, isPending, isFetching, refetch } = useScorecards();
  const scorecard = data?.find(({ name }) => name === props.scorecard);
  return (
    <>
      <div>
        <Text as="h1" variant="title-small" weight="bold">
          {t('security.title')}
        </Text>
        {scorecard?.spec && (
          <Text as="p" color="secondary">
            {t('security.description')}{' '}
            <Link href={link(scorecard.name) ?? ''}>{scorecard.title}</Link>
          </Text>
        )}
      </div>
      {isPending && <Loading label={t('entities.loading')} height={420} />}
      {error && !data && (
        <LoadFailure
          title={t('overview.error')}
          error={error}
          isRetrying={isFetching}
          onRetry={refetch}
        />
      )}
      {data && !scorecard?.spec && (
        <EmptyState
          title={t('security.empty', { name: props.scorecard })}
          description={t('security.emptyDescription')}
        />
      )}
      {scorecard && <Refusal definition={scorecard} />}
      {scorecard?.spec && (
        <MatrixView scorecard={scorecard} filter={address.filter} />
      )}
    </>
  );
}
