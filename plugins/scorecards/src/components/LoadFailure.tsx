import { isError } from '@backstage/errors';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { scorecardsTranslationRef } from '../translation';

/** What the backend said, where it said something: the error itself knows only the status. */
const reasonOf = ({ cause, message }: Error & { cause?: unknown }) =>
  isError(cause) ? cause.message : message;

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
