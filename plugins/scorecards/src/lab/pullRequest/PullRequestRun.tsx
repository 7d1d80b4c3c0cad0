import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  TaskStream,
  useTaskEventStream,
} from '@backstage/plugin-scaffolder-react';
import {
  Alert,
  Button,
  ButtonLink,
  DialogBody,
  DialogFooter,
  Text,
} from '@backstage/ui';
import {
  RiCheckboxBlankCircleLine,
  RiCheckboxCircleLine,
  RiCloseCircleLine,
  RiIndeterminateCircleLine,
  RiLoader4Line,
} from '@remixicon/react';
import { reasonOf } from '../../api/reasonOf';
import { Loading } from '../../components';
import { scorecardsTranslationRef } from '../../translation';
import styles from './PullRequestDialog.module.css';

const ICONS = {
  open: RiCheckboxBlankCircleLine,
  processing: RiLoader4Line,
  completed: RiCheckboxCircleLine,
  failed: RiCloseCircleLine,
  cancelled: RiCloseCircleLine,
  skipped: RiIndeterminateCircleLine,
};

/** Where the pull request is, once it is there. */
const linkOf = (output: TaskStream['output']) =>
  output?.links?.find(({ url }) => url)?.url;

/** Why a run ended without a result; undefined where it did not. */
function failureOf({ error, cancelled, completed, output }: TaskStream) {
  if (error) return reasonOf(error);
  const isWithout = completed && !linkOf(output);
  return cancelled || isWithout ? '' : undefined;
}

/** How far a pull request has come, and then where it is. */
export function PullRequestRun(props: {
  taskId: string;
  onAgain(): void;
  onClose(): void;
}) {
  const { t } = useTranslationRef(scorecardsTranslationRef);
  const stream = useTaskEventStream(props.taskId);
  const failure = failureOf(stream);
  const link = linkOf(stream.output);
  const steps = stream.task?.spec.steps ?? [];
  return (
    <>
      <DialogBody className={styles.body}>
        <div role="status">
          {failure === undefined && (
            <Text as="p" variant="body-medium" weight="bold">
              {t(link ? 'lab.pullRequest.done' : 'lab.pullRequest.running')}
            </Text>
          )}
        </div>
        {failure !== undefined && (
          <Alert
            role="alert"
            status="danger"
            icon
            title={t('lab.pullRequest.failed')}
            description={failure}
          />
        )}
        {steps.length === 0 && failure === undefined && (
          <Loading label={t('lab.pullRequest.running')} height={120} />
        )}
        <ol className={styles.steps} aria-label={t('lab.pullRequest.steps')}>
          {steps.map(({ id, name }) => {
            const status = stream.steps[id]?.status ?? 'open';
            const Icon = ICONS[status];
            return (
              <li key={id} className={styles.step} data-status={status}>
                <Icon size={18} aria-hidden className={styles.icon} />
                <span>{name}</span>
                <Text as="span" variant="body-small" color="secondary">
                  {t(`lab.pullRequest.step.${status}`)}
                </Text>
              </li>
            );
          })}
        </ol>
      </DialogBody>
      <DialogFooter>
        {failure !== undefined && (
          <Button variant="secondary" onPress={props.onAgain}>
            {t('lab.pullRequest.again')}
          </Button>
        )}
        <Button variant="secondary" onPress={props.onClose}>
          {t('lab.pullRequest.close')}
        </Button>
        {link && (
          <ButtonLink
            variant="primary"
            href={link}
            target="_blank"
            rel="noopener noreferrer"
          >
            {t('lab.pullRequest.link')}
          </ButtonLink>
        )}
      </DialogFooter>
    </>
  );
}
