import { Text, VisuallyHidden } from '@backstage/ui';
import {
  RiCheckboxCircleLine,
  RiCheckboxBlankCircleLine,
  RiCloseCircleLine,
  RiIndeterminateCircleLine,
  RiLoader4Line,
} from '@remixicon/react';
import { DateTime } from 'luxon';
import { ReactElement, useState } from 'react';
import { formatElapsed } from './elapsed';
import { RunStep, StepStatus } from './runSteps';
import styles from './Run.module.css';

const STATUS: Record<StepStatus, { words: string; icon: ReactElement }> = {
  open: { words: 'Not yet', icon: <RiCheckboxBlankCircleLine size={20} /> },
  processing: { words: 'Running', icon: <RiLoader4Line size={20} /> },
  completed: { words: 'Done', icon: <RiCheckboxCircleLine size={20} /> },
  failed: { words: 'Failed', icon: <RiCloseCircleLine size={20} /> },
  cancelled: { words: 'Cancelled', icon: <RiCloseCircleLine size={20} /> },
  skipped: {
    words: 'Not needed',
    icon: <RiIndeterminateCircleLine size={20} />,
  },
};

/** The id of the element that holds the log of a step. */
export function logId(stepId: string): string {
  return `log-${stepId}`;
}

/** The steps of a run in order, each with its time and its log. */
export function StepList(props: { steps: RunStep[]; now: number }) {
  return (
    <ol className={styles.steps} aria-label="Steps">
      {props.steps.map(step => (
        <li key={step.id}>
          <Step step={step} now={props.now} />
        </li>
      ))}
    </ol>
  );
}

function Step(props: { step: RunStep; now: number }) {
  const { step, now } = props;
  const [choice, setChoice] = useState<boolean>();
  const { words, icon } = STATUS[step.status];
  const time = elapsedOf(step, now);
  // Until somebody chooses, what happens and what went wrong is open.
  const isOpen =
    choice ?? (step.status === 'processing' || step.status === 'failed');
  const head = (
    <>
      <span className={styles.icon} data-status={step.status} aria-hidden>
        {icon}
      </span>
      <span className={styles.name}>
        <VisuallyHidden>{`${words}: `}</VisuallyHidden>
        {step.name}
      </span>
      <Text variant="body-small" color="secondary">
        {step.status === 'skipped' ? words : time}
      </Text>
    </>
  );
  if (step.log.length === 0) {
    return <div className={styles.step}>{head}</div>;
  }
  return (
    <details
      id={logId(step.id)}
      open={isOpen}
      onToggle={event => {
        const { open } = event.currentTarget;
        if (open !== isOpen) {
          setChoice(open);
        }
      }}
    >
      <summary className={styles.step}>{head}</summary>
      <pre
        className={styles.log}
        role="region"
        aria-label={`Log of ${step.name}`}
        // It scrolls, so the keyboard must reach it.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {step.log.join('\n')}
      </pre>
    </details>
  );
}

function elapsedOf({ startedAt, endedAt, status }: RunStep, now: number) {
  if (!startedAt || (!endedAt && status !== 'processing')) {
    return '';
  }
  const end = endedAt ? DateTime.fromISO(endedAt).toMillis() : now;
  return formatElapsed(end - DateTime.fromISO(startedAt).toMillis());
}
