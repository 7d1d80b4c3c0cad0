import { Alert, Button } from '@backstage/ui';

/** Says what could not be loaded and why, and lets the person try again. */
export function LoadFailure(props: {
  title: string;
  error: Error;
  onRetry?(): void;
}) {
  const { title, error, onRetry } = props;
  return (
    <Alert
      role="alert"
      status="danger"
      icon
      title={title}
      description={error.message}
      customActions={
        onRetry && (
          <Button variant="secondary" onPress={onRetry}>
            Try again
          </Button>
        )
      }
    />
  );
}
