import { TaskStream } from '@backstage/plugin-scaffolder-react';

/** How far a step has come. */
export type StepStatus =
  | 'open'
  | 'processing'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'skipped';

/** One step of a run. */
export interface RunStep {
  id: string;
  name: string;
  status: StepStatus;
  /** ISO 8601 */
  startedAt?: string;
  /** ISO 8601; only of a step that has ended. */
  endedAt?: string;
  log: string[];
}

// eslint-disable-next-line no-control-regex
const COLOURS = /\u001b\[[0-9;]*m/g;
const INSTANT = /^(\S+T\S+Z) /;

/** The steps of a run with what is known of each, in order. */
export function runSteps(stream: TaskStream): RunStep[] {
  const state = runState(stream);
  let hasFailed = false;
  return (stream.task?.spec.steps ?? []).map(({ id, name }) => {
    const known = stream.steps[id];
    let status = known?.status ?? 'open';
    if (
      status === 'processing' &&
      (state === 'cancelled' || state === 'failed')
    ) {
      // Nobody tells the end of a step that the end of its run has cut off.
      status = state;
    } else if (status === 'skipped' && hasFailed) {
      // It was needed, and is after a retry.
      status = 'open';
    }
    hasFailed ||= status === 'failed';
    const hasEnded = ['completed', 'failed', 'cancelled', 'skipped'].includes(
      status,
    );
    return {
      id,
      name,
      status,
      startedAt: known?.startedAt,
      // A step that is run again still carries the end of its last attempt.
      endedAt: hasEnded ? known?.endedAt : undefined,
      log: (stream.stepLogs[id] ?? []).map(line =>
        line.replace(COLOURS, '').replace(INSTANT, ''),
      ),
    };
  });
}

/** Where a run stands. `unreadable`: there is none, or not for this person. `disconnected`: it may well go on. */
export type RunState =
  | 'loading'
  | 'running'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'unreadable'
  | 'disconnected';

/** Where a run stands, by its events. */
export function runState(stream: TaskStream): RunState {
  // The error of a run is data of its last event; one that was thrown is of the connection.
  if (stream.error instanceof Error) {
    return stream.task ? 'disconnected' : 'unreadable';
  }
  if (stream.cancelled) {
    return 'cancelled';
  }
  if (stream.error) {
    return 'failed';
  }
  if (stream.completed) {
    return 'completed';
  }
  return stream.task ? 'running' : 'loading';
}
