import { EndedRun } from './EndedRun';
import { Finding, RunTarget } from './judgeRun';
import { TargetOutcome } from './PartitionQueue';
import { RetryPolicy } from './RetryPolicy';

/** When each entity of a run is due again. */
export function nextRuns(
  { findings, skipped, plan, startedAt }: EndedRun,
  failing: ReadonlySet<RunTarget>,
  options: {
    now: Date;
    retries: RetryPolicy;
    /** Until when the collector as a whole waits, if it does. */
    pausedUntil: Date | undefined;
  },
): TargetOutcome[] {
  const { now, retries, pausedUntil } = options;
  const { frequencyMillis } = plan;
  const pauses = new Map(
    findings.flatMap(({ target, result }) =>
      result.kind === 'postponed' ? [[target, result.retryAfterMillis]] : [],
    ),
  );
  const outcomeOf = (target: RunTarget): TargetOutcome => {
    const { entityId } = target;
    if (failing.has(target)) {
      const failures = target.failures + 1;
      return {
        entityId,
        failures,
        dueAt: pausedUntil ?? retries.after(failures, now, frequencyMillis),
      };
    }
    const pause = pauses.get(target);
    if (pause !== undefined) {
      return {
        entityId,
        failures: target.failures,
        dueAt: new Date(now.getTime() + pause),
      };
    }
    return {
      entityId,
      failures: 0,
      dueAt:
        frequencyMillis === undefined
          ? undefined
          : new Date(startedAt.getTime() + frequencyMillis),
    };
  };
  return [
    ...[...new Set(findings.map(({ target }) => target))].map(outcomeOf),
    // Whoever follows the entities is about to move or forget them.
    ...skipped.map(({ entityId, failures }) => ({
      entityId,
      failures,
      dueAt: retries.after(1, now, frequencyMillis),
    })),
  ];
}

/** How long the host of a run wants to be left alone, in milliseconds; 0 when it does not. */
export function longestPause(findings: readonly Finding[]): number {
  return Math.max(
    0,
    ...findings.map(({ result }) =>
      result.kind === 'postponed' ? result.retryAfterMillis : 0,
    ),
  );
}
