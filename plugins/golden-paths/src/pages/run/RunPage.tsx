import { BreadcrumbEntry, useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  taskCancelPermission,
  taskCreatePermission,
  taskReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  scaffolderApiRef,
  useTaskEventStream,
} from '@backstage/plugin-scaffolder-react';
import {
  Alert,
  Button,
  ButtonLink,
  Container,
  Skeleton,
  Text,
  VisuallyHidden,
} from '@backstage/ui';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { useTemplateLink } from '../../routes';
import { runTitle } from '../runTitle';
import { Outputs } from './Outputs';
import { RunNotice } from './RunNotice';
import { runState, runSteps } from './runSteps';
import { StepList } from './StepList';
import { useNow } from './useNow';
import styles from './Run.module.css';

/** One run of a template: what happens, what went wrong, what was made. */
export function RunPage() {
  const { taskId = '' } = useParams();
  // The events of a run that has ended are not read any further, so a retry reads them anew.
  const [attempt, setAttempt] = useState(1);
  return (
    <Run
      key={`${taskId} ${attempt}`}
      taskId={taskId}
      onRetried={() => setAttempt(count => count + 1)}
    />
  );
}

function Run(props: { taskId: string; onRetried(): void }) {
  const { taskId, onRetried } = props;
  const stream = useTaskEventStream(taskId);
  const scaffolderApi = useApi(scaffolderApiRef);
  const templateLink = useTemplateLink();
  const resourceRef = taskId;
  const canCancel = usePermission({
    permission: taskCancelPermission,
    resourceRef,
  }).allowed;
  const canRead = usePermission({
    permission: taskReadPermission,
    resourceRef,
  }).allowed;
  const canCreate = usePermission({ permission: taskCreatePermission }).allowed;
  const [cancelling, cancel] = useAsyncFn(
    () => scaffolderApi.cancelTask(taskId),
    [scaffolderApi, taskId],
  );
  const [retrying, retry] = useAsyncFn(async () => {
    await scaffolderApi.retry(taskId);
    onRetried();
  }, [scaffolderApi, taskId, onRetried]);

  const state = runState(stream);
  const steps = runSteps(stream);
  const now = useNow(state === 'running');
  const { task, output } = stream;
  const title = task ? runTitle(task) : 'Run';
  const template = task?.spec.templateInfo?.entity;
  const current = steps.findIndex(({ status }) => status === 'processing');
  const trouble = cancelling.error ?? retrying.error;

  return (
    <BreadcrumbEntry entry={{ label: title, href: taskId }}>
      <Container>
        <div className={styles.page}>
          <div className={styles.head}>
            <Text as="h1" variant="title-small" weight="bold">
              {title}
            </Text>
            {state === 'running' && canCancel && (
              <Button
                variant="secondary"
                isPending={cancelling.loading}
                isDisabled={Boolean(cancelling.value)}
                onPress={cancel}
              >
                {cancelling.value ? 'Cancelling' : 'Cancel'}
              </Button>
            )}
          </div>
          <VisuallyHidden role="status">
            {announcement(state, steps, current)}
          </VisuallyHidden>
          {trouble && (
            <Alert
              role="alert"
              status="danger"
              icon
              title="That did not work"
              description={trouble.message}
            />
          )}
          <RunNotice
            state={state}
            steps={steps}
            error={stream.error}
            actions={
              <>
                {canRead && canCreate && (
                  <Button
                    variant="primary"
                    isPending={retrying.loading}
                    onPress={retry}
                  >
                    Retry
                  </Button>
                )}
                {canCreate && template && task && (
                  <ButtonLink
                    variant="secondary"
                    href={templateLink(
                      { apiVersion: '', kind: 'Template', ...template },
                      task.spec.parameters,
                    )}
                  >
                    Start over
                  </ButtonLink>
                )}
              </>
            }
          />
          {state === 'completed' && output && <Outputs output={output} />}
          {state === 'loading' && (
            <div role="status" aria-label="Loading the run">
              <Skeleton width="100%" height={240} />
            </div>
          )}
          {steps.length > 0 && <StepList steps={steps} now={now} />}
        </div>
      </Container>
    </BreadcrumbEntry>
  );
}

function announcement(
  state: string,
  steps: { name: string }[],
  current: number,
): string {
  if (state === 'completed') {
    return 'The run is done';
  }
  return state === 'running' && current >= 0
    ? `Step ${current + 1} of ${steps.length}: ${steps[current].name}`
    : '';
}
