import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { reasonOf } from '../api/reasonOf';
import { scorecardsTranslationRef } from '../translation';

/** Says what could not be loaded and why, and lets the person try again. */
export function LoadFailure(props: {
  title: string;
  error: Error;
  isRetrying: boolean;
  onRetry(): void;
}) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={props.title}
      description={reasonOf(props.error)}
      customActions={
        <Button
          variant="secondary"
          onPress={props.onRetry}
          isPending={props.isRetrying}
        >
          {t('retry')}
        </Button>
      }
    />
  );
}
