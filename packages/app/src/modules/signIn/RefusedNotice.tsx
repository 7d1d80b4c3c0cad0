import { Alert } from '@backstage/ui';

/** Why a sign-in failed, in the backend's words, which also say whom to ask. */
export function RefusedNotice(props: { message: string }) {
  return (
    <div role="alert">
      <Alert
        status="danger"
        icon
        title="You are not signed in"
        description={props.message}
      />
    </div>
  );
}
