import { Alert, Link } from '@backstage/ui';
import { ReactElement } from 'react';
import { explainFailure } from './explainFailure';
import { RunState, RunStep } from './runSteps';
import { logId } from './StepList';

/** How a run ended, or why nothing moves, and what to do. */
export function RunNotice(props: {
  state: RunState;
  steps: RunStep[];
  error?: { name?: string; message: string };
  actions: ReactElement;
}) {
  const { state, steps, error, actions } = props;
  switch (state) {
    case 'failed': {
      const step = steps.find(({ status }) => status === 'failed');
      const message = error?.message ?? '';
      const { what, advice } = explainFailure(
        `${error?.name ?? 'Error'}: ${message}`,
        step?.name,
      );
      return (
        <Alert
          role="alert"
          status="danger"
          icon
          title={what}
          description={
            <>
              {`${message} `}
              <br />
              {`${advice} `}
              {step && <Link href={`#${logId(step.id)}`}>Read its log</Link>}
            </>
          }
          customActions={actions}
        />
      );
    }
    case 'cancelled':
      return (
        <Alert
          role="status"
          status="warning"
          icon
          title="The run was cancelled"
          description="What it had made by then is still there. Retry goes on with it."
          customActions={actions}
        />
      );
    case 'disconnected':
      return (
        <Alert
          role="status"
          status="info"
          isPending
          title="The portal does not answer"
          description="The run does not need this page: it goes on, and this page connects again by itself."
        />
      );
    case 'unreadable':
      return (
        <Alert
          role="alert"
          status="danger"
          icon
          title="This run cannot be shown"
          description={error?.message}
        />
      );
    default:
      return null;
  }
}
