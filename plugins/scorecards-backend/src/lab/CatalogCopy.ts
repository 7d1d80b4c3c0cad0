import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { randomUUID } from 'node:crypto';
import type { Batch, ItemText, KeptBatch } from '../results/evaluation/batch';
import type { KeepingEvaluator } from '../results/evaluation/Evaluator';
import { loadBatch } from '../results/loadBatch';
import {
  leasedOf,
  Outcome,
  outcomesOf,
  SimulationSet,
  Tracked,
  trackedEntities,
} from '../simulation';

const BATCH = 500;
/** While one batch is read or evaluated in the other thread, this one is busy with others. */
const LANES = 3;
/** Definitions whose outcomes are kept, for the next page and for another filter. */
const MOST_OUTCOMES = 2;
/** Scorecards whose results in force are kept. */
const MOST_SCORECARDS = 4;

/** What one scorecard says of some entities today. */
type Today = Pick<Batch, 'current' | 'exemptions'>;

/** Some of the entities, and what little is known of them besides what the evaluator keeps. */
interface Part {
  readonly entityIds: readonly number[];
  outages: ItemText;
}

/** There is more of it than may be kept. */
export class TooLargeError extends Error {}

const joined = (one: ItemText, other: ItemText): ItemText =>
  one && other ? `${one},${other}` : one ?? other;

/**
 * What all entities of one instant are evaluated over, read once: entities and facts lie in the memory of the evaluator,
 * so that the next definition needs only to be evaluated. Who may read which of them is decided elsewhere, each time.
 */
export class CatalogCopy {
  readonly asOf: Date;
  readonly #knex: Knex;
  readonly #evaluator: KeepingEvaluator;
  readonly #mostBytes: number;
  readonly #name = randomUUID();
  readonly #sources = new Set<number>();
  readonly #today = new LRUCache<number, Today[]>({ max: MOST_SCORECARDS });
  readonly #outcomes = new LRUCache<string, Outcome[]>({ max: MOST_OUTCOMES });
  #tracked: ReadonlyMap<number, Tracked> = new Map();
  #parts: Part[] | undefined;
  #reading: Promise<unknown> = Promise.resolve();
  #evaluating: Promise<unknown> = Promise.resolve();
  #bytes = 0;

  /** @param options.mostBytes - of entities and facts as text, which take a few times as much when they are read */
  static create(options: {
    knex: Knex;
    evaluator: KeepingEvaluator;
    asOf: Date;
    mostBytes: number;
  }): CatalogCopy {
    return new CatalogCopy(options);
  }

  private constructor(options: Parameters<typeof CatalogCopy.create>[0]) {
    this.asOf = options.asOf;
    this.#knex = options.knex;
    this.#evaluator = options.evaluator;
    this.#mostBytes = options.mostBytes;
  }

  /** All entities, whoever may read them, once anything is read. */
  get tracked(): ReadonlyMap<number, Tracked> {
    return this.#tracked;
  }

  /**
   * What a definition says of all entities.
   *
   * @param signal - ends the evaluation; what is read is read also for whoever comes next
   * @throws TooLargeError
   */
  async outcomes(
    simulation: SimulationSet,
    signal: AbortSignal,
  ): Promise<readonly Outcome[]> {
    const known = this.#outcomes.get(simulation.set.version);
    if (known) return known;
    const evaluating = this.#evaluate(simulation, signal);
    this.#evaluating = Promise.allSettled([this.#evaluating, evaluating]);
    return evaluating;
  }

  /**
   * Reads what a definition needs and is not there yet.
   *
   * @throws TooLargeError
   */
  async read(simulation: SimulationSet): Promise<void> {
    // One after the other: the next one may need the same.
    const reading = this.#reading.then(() => this.#readMissing(simulation));
    this.#reading = reading.catch(() => {});
    return reading;
  }

  /** Frees the memory, once nothing needs it any more. */
  async forget(): Promise<void> {
    await this.#evaluating;
    await this.#reading;
    await this.#evaluator.forget(this.#name);
  }

  async #evaluate(
    simulation: SimulationSet,
    signal: AbortSignal,
  ): Promise<Outcome[]> {
    const { set, scorecardId } = simulation;
    await this.read(simulation);
    const today = this.#today.get(scorecardId)!;
    const outcomes: Outcome[] = [];
    await inLanes(this.#parts!, async ({ entityIds, outages }, index) => {
      signal.throwIfAborted();
      const batch: KeptBatch = {
        leased: leasedOf(entityIds),
        now: this.asOf.getTime(),
        outages,
        ...today[index],
        ...{ entities: null, facts: null, due: null },
        kept: this.#name,
      };
      const differences = await this.#evaluator.evaluate(set, batch);
      outcomes.push(...outcomesOf(batch, differences));
    });
    this.#outcomes.set(set.version, outcomes);
    return outcomes;
  }

  async #readMissing({ scorecardId, sourceIds }: SimulationSet): Promise<void> {
    const isFirst = !this.#parts;
    const missing = sourceIds.filter(id => !this.#sources.has(id));
    if (this.#today.has(scorecardId) && missing.length === 0) return;
    if (isFirst) {
      this.#tracked = await trackedEntities(this.#knex);
      const nothing = { entities: null, facts: null };
      await this.#evaluator.keep(this.#name, nothing, false);
    }
    const parts =
      this.#parts ??
      [...chunks([...this.#tracked.keys()], BATCH)].map(entityIds => ({
        entityIds,
        outages: null,
      }));
    const today: Today[] = [];
    await inLanes(parts, async (part, index) => {
      let own: Today = { current: null, exemptions: null };
      const batches = this.#batches(part.entityIds, missing, {
        scorecardId,
        withoutEntities: !isFirst,
      });
      for await (const { entities, facts, ...rest } of batches) {
        await this.#keep({ entities, facts });
        part.outages = joined(part.outages, rest.outages);
        own = {
          current: joined(own.current, rest.current),
          exemptions: joined(own.exemptions, rest.exemptions),
        };
      }
      today[index] = own;
    });
    this.#parts = parts;
    missing.forEach(id => this.#sources.add(id));
    this.#today.set(scorecardId, today);
  }

  async #keep(texts: Pick<Batch, 'entities' | 'facts'>): Promise<void> {
    const { entities, facts } = texts;
    this.#bytes += (entities?.length ?? 0) + (facts?.length ?? 0);
    if (this.#bytes > this.#mostBytes) {
      throw new TooLargeError(
        `Entities and facts take more than ${this.#mostBytes} bytes`,
      );
    }
    await this.#evaluator.keep(this.#name, texts, true);
  }

  /** Reads some entities, in halves where they are too large to be read at once. */
  async *#batches(
    entityIds: readonly number[],
    sourceIds: readonly number[],
    only: { scorecardId: number; withoutEntities: boolean },
  ): AsyncGenerator<Batch> {
    const batch = await loadBatch(
      this.#knex,
      leasedOf(entityIds),
      sourceIds,
      this.asOf,
      only,
    );
    if (batch) {
      yield batch;
      return;
    }
    for (const half of chunks(entityIds, Math.ceil(entityIds.length / 2))) {
      yield* this.#batches(half, sourceIds, only);
    }
  }
}

async function inLanes<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const entries = items.entries();
  const lane = async () => {
    for (const [index, item] of entries) await work(item, index);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
