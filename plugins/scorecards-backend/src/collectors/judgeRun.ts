import { CollectTarget, CollectedFact } from '@waymark/scorecards-node';
import { CollectorAnswer } from './callCollector';
import { retryAfterMillis } from './errors';

/** An entity of a run. */
export interface RunTarget {
  entityId: number;
  failures: number;
  target: CollectTarget;
  /** Ids of the sources of the collector that apply to it. */
  sources: string[];
}

/** What a run has brought of one entity and source. */
export interface Finding {
  target: RunTarget;
  source: string;
  result:
    | { kind: 'fact'; fact: CollectedFact }
    | { kind: 'failed'; error: unknown }
    /** The host wants to be left alone: what was known stays known. */
    | { kind: 'postponed'; error: unknown; retryAfterMillis: number };
}

/** One finding of each entity and source that the run was to bring, whatever the collector has said. */
export function judgeRun(
  targets: RunTarget[],
  { facts, failures, thrown }: CollectorAnswer,
): Finding[] {
  return targets.flatMap(target =>
    target.sources.map((source): Finding => {
      const { ref } = target.target;
      const fact = facts.get(ref)?.get(source);
      if (fact && !failures.has(ref)) {
        return { target, source, result: { kind: 'fact', fact } };
      }
      const error =
        failures.get(ref) ??
        thrown?.error ??
        new Error('The collector has said nothing of it');
      const pause = retryAfterMillis(error);
      return {
        target,
        source,
        result:
          pause === undefined
            ? { kind: 'failed', error }
            : { kind: 'postponed', error, retryAfterMillis: pause },
      };
    }),
  );
}
