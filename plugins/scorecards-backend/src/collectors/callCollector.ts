import { JsonObject } from '@backstage/types';
import {
  CollectedFact,
  CollectorPartition,
  CollectTarget,
  FactCollector,
  FoundAttestations,
  HostGate,
} from '@waymark/scorecards-node';

/** What one call of a collector is about. */
export interface CollectorCall {
  partition: CollectorPartition;
  entities: CollectTarget[];
  isWhole: boolean;
  state: JsonObject | undefined;
  hosts: HostGate;
  now: Date;
  timeoutMillis: number;
  /** Aborts when the portal stops, or when another replica has taken over. */
  signal: AbortSignal;
}

/** What a collector has said. */
export interface CollectorAnswer {
  /** By ref of the entity and id of the source. */
  facts: Map<string, Map<string, CollectedFact>>;
  /** By ref. */
  failures: Map<string, unknown>;
  attestations: FoundAttestations[];
  /** Why the call ended early; undefined when it did not. */
  thrown: { error: unknown } | undefined;
  state: JsonObject | undefined;
}

/** Calls a collector, and waits no longer than its time. What it says afterwards is not heard. */
export async function callCollector(
  collector: FactCollector,
  call: CollectorCall,
): Promise<CollectorAnswer> {
  const { timeoutMillis, signal: stopped, ...context } = call;
  const answer: CollectorAnswer = {
    facts: new Map(),
    failures: new Map(),
    attestations: [],
    thrown: undefined,
    state: undefined,
  };
  if (call.entities.length === 0) {
    return answer;
  }
  const known = new Set(call.entities.map(({ ref }) => ref));
  let isOver = false;
  const about = (ref: string) => {
    if (!known.has(ref)) {
      throw new TypeError(
        `The collector ${collector.id} was not asked about ${ref}`,
      );
    }
    return !isOver;
  };
  const over = new AbortController();
  const timer = setTimeout(
    () =>
      over.abort(new Error(`Not ready within ${timeoutMillis / 1000} seconds`)),
    Math.min(timeoutMillis, 2 ** 31 - 1),
  );
  const signal = AbortSignal.any([stopped, over.signal]);
  try {
    await Promise.race([
      collector.collect({
        ...context,
        signal,
        report(ref, fact) {
          if (about(ref)) {
            const source = sourceOf(collector, fact);
            const facts = answer.facts.get(ref) ?? new Map();
            answer.facts.set(ref, facts.set(source, fact));
          }
        },
        fail(ref, error) {
          if (about(ref)) {
            answer.failures.set(ref, error);
          }
        },
        attest(file) {
          if (!isOver) {
            answer.attestations.push(file);
          }
        },
        remember(state) {
          if (!isOver) {
            answer.state = state;
          }
        },
      }),
      rejectedOn(signal),
    ]);
  } catch (error) {
    answer.thrown = { error };
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
  return answer;
}

function sourceOf(collector: FactCollector, { source }: CollectedFact): string {
  const [only, ...more] = collector.sources;
  if (source !== undefined) {
    return source;
  }
  if (more.length > 0) {
    throw new TypeError(
      `The collector ${collector.id} writes several fact sources and must name that of each fact`,
    );
  }
  return only;
}

function rejectedOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) {
      onAbort();
    } else {
      signal.addEventListener('abort', onAbort, { once: true });
    }
  });
}
