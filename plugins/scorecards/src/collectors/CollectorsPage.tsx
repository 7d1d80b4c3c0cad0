import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Text } from '@backstage/ui';
import { scorecardsCollectorReadPermission } from '@waymark/scorecards-common';
import { EmptyState, Loading, LoadFailure } from '../components';
import { useCollectors } from '../hooks/useReads';
import { scorecardsTranslationRef } from '../translation';
import { CollectorTable } from './CollectorTable';

/** How the collectors of facts fare: those in trouble first. */
export function CollectorsPage() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const permission = usePermission({
    permission: scorecardsCollectorReadPermission,
  });
  const { data, error, isPending, isFetching, refetch } = useCollectors(
    permission.allowed,
  );
  const isForbidden = !permission.loading && !permission.allowed;
  return (
    <>
      <div>
        <Text as="h1" variant="title-small" weight="bold">
          {t('collectors.title')}
        </Text>
        <Text as="p" color="secondary">
          {t('collectors.description')}
        </Text>
      </div>
      {isForbidden && (
        <EmptyState
          title={t('collectors.forbidden')}
          description={t('collectors.forbiddenDescription')}
        />
      )}
      {!isForbidden && isPending && (
        <Loading label={t('collectors.loading')} height={240} />
      )}
      {error && !data && (
        <LoadFailure
          title={t('collectors.error')}
          error={error}
          isRetrying={isFetching}
          onRetry={refetch}
        />
      )}
      {data?.length === 0 && (
        <EmptyState
          title={t('collectors.empty')}
          description={t('collectors.emptyDescription')}
        />
      )}
      {data && data.length > 0 && <CollectorTable collectors={data} />}
    </>
  );
}
