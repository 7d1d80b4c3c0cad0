import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Text } from '@backstage/ui';
import { scorecardsDefinitionSimulatePermission } from '@waymark/scorecards-common';
import { lazy, Suspense } from 'react';
import { EmptyState, Loading } from '../components';
import { scorecardsTranslationRef } from '../translation';

// With the checker of rules and all that it needs: only who may try out scorecards loads it.
const OpenLab = lazy(() => import('./OpenLab'));

const HEIGHT = 560;

/** Where a scorecard is changed and tried out, for those who may. */
export function LabPage() {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { loading, allowed } = usePermission({
    permission: scorecardsDefinitionSimulatePermission,
  });
  return (
    <>
      <div>
        <Text as="h1" variant="title-small" weight="bold">
          {t('lab.title')}
        </Text>
        <Text as="p" color="secondary">
          {t('lab.description')}
        </Text>
      </div>
      {loading && <Loading label={t('lab.loading')} height={HEIGHT} />}
      {!loading && !allowed && (
        <EmptyState
          title={t('lab.forbidden')}
          description={t('lab.forbiddenDescription')}
        />
      )}
      {allowed && (
        <Suspense
          fallback={<Loading label={t('lab.loading')} height={HEIGHT} />}
        >
          <OpenLab />
        </Suspense>
      )}
    </>
  );
}
