import { JsonObject } from '@backstage/types';
import { toError } from '@backstage/errors';
import {
  CollectedEntity,
  CollectedFact,
  FactCollector,
  FoundAttestations,
  PreviousFact,
} from '../collectors';
import { HostGate } from '../hosts';

/** What one run has come to. */
export interface RunOutcome {
  /** By entity ref; those of collectors of one source. */
  facts: Record<string, CollectedFact>;
  /** Messages by entity ref. */
  failures: Record<string, string>;
  attestations: FoundAttestations[];
  /** What the call was rejected with. */
  error: Error | undefined;
}

/** Calls a collector again and again, and remembers between the calls what the runner of the backend would. */
export class CollectorRuns {
  readonly hosts = HostGate.create({ attempts: 1 });
  readonly #collector: FactCollector;
  readonly #previous = new Map<string, PreviousFact>();
  #state: string | undefined;

  static of(collector: FactCollector): CollectorRuns {
    return new CollectorRuns(collector);
  }

  private constructor(collector: FactCollector) {
    this.#collector = collector;
  }

  /** What the collector has remembered. */
  get state(): JsonObject | undefined {
    return this.#state === undefined ? undefined : JSON.parse(this.#state);
  }

  /** As the runner does when a definition has changed. */
  forget(): void {
    this.#state = undefined;
  }

  async run(
    entities: CollectedEntity[],
    options: { now?: Date; signal?: AbortSignal; isWhole?: boolean } = {},
  ): Promise<RunOutcome> {
    const { now = new Date('2026-11-22T12:00:00Z'), isWhole = true } = options;
    const collector = this.#collector;
    const [source] = collector.sources;
    const outcome: RunOutcome = {
      facts: {},
      failures: {},
      attestations: [],
      error: undefined,
    };
    try {
      await collector.collect({
        partition: collector.partitionOf(entities[0])!,
        entities: entities.map(entity => {
          const previous = this.#previous.get(entity.ref);
          return {
            ...entity,
            previous: new Map(previous ? [[source, previous]] : []),
          };
        }),
        isWhole,
        state: this.state,
        hosts: this.hosts,
        signal: options.signal ?? new AbortController().signal,
        now,
        report: (ref, fact) => {
          outcome.facts[ref] = fact;
        },
        fail: (ref, error) => {
          outcome.failures[ref] = toError(error).message;
        },
        attest: file => {
          outcome.attestations.push(file);
        },
        remember: state => {
          // Through text, as databases keep it.
          this.#state = JSON.stringify(state);
        },
      });
    } catch (error) {
      outcome.error = toError(error);
    }
    for (const [ref, fact] of Object.entries(outcome.facts)) {
      const { payload, url, commit, observedAt = now } = fact;
      this.#previous.set(ref, { payload, url, commit, observedAt });
    }
    return outcome;
  }
}
