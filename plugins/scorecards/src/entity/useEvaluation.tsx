import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert, Button } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import { scorecardsEntityEvaluatePermission } from '@waymark/scorecards-common';
import { reasonOf } from '../api/reasonOf';
import { scorecardsTranslationRef } from '../translation';
import { useEvaluate } from './queries';

/** Has the entity looked at and evaluated now; nothing for whoever may not. */
export function useEvaluation(entityRef: string) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const { allowed } = usePermission({
    permission: scorecardsEntityEvaluatePermission,
    resourceRef: entityRef,
  });
  const evaluate = useEvaluate(entityRef);
  return {
    button: allowed && (
      <Button
        variant="secondary"
        iconStart={<RiRefreshLine aria-hidden />}
        isPending={evaluate.isPending}
        onPress={() => evaluate.mutate()}
      >
        {t('entity.evaluate')}
      </Button>
    ),
    notice: (
      <>
        {evaluate.error && (
          <Alert
            role="alert"
            status="danger"
            icon
            title={t('entity.evaluateFailed')}
            description={reasonOf(evaluate.error)}
          />
        )}
        {evaluate.isSuccess && (
          <Alert
            role="status"
            status="success"
            icon
            title={t('entity.evaluated')}
          />
        )}
      </>
    ),
  };
}
