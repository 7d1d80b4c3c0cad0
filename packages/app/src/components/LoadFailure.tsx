import { Alert, Button } from '@backstage/ui';

/** Says that a card could not be loaded, why, and lets the person try again. */
export function LoadFailure(props: {
  error: Error;
  isRetrying: boolean;
  onRetry(): void;
}) {
  return (
    <Alert
      status="danger"
      icon
      title="This could not be loaded"
      description={props.error.message}
      customActions={
        <Button
          variant="secondary"
          isPending={props.isRetrying}
          onPress={props.onRetry}
        >
          Try again
        </Button>
      }
    />
  );
}
