import {
  simulationRequestSchema,
  SimulationSummary,
  Transition,
} from '@waymark/scorecards-common';
import { chunks, Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { z } from 'zod';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { EntityStore } from '../entities/EntityStore';
import {
  ENTITIES,
  EntityRow,
  INTERVALS,
  IntervalRow,
} from '../entities/tables';
import { DefinitionsOfResults } from '../reads/DefinitionsOfResults';
import { EntityReader } from '../reads/ReadableEntities';
import type { CurrentItem, Leased } from '../results/evaluation/batch';
import type { Evaluator } from '../results/evaluation/Evaluator';
import { loadBatch } from '../results/loadBatch';
import { Proposed, propose } from './Proposal';
import { SimulationSet, simulationSet } from './simulationSet';
import { placeOf, summaryOf } from './summary';
import { Said, transitionOf } from './transitions';

const BATCH = 500;
/** While one batch is evaluated, others are read. */
const LANES = 3;

/** What a definition would change. */
export interface Simulated {
  scorecard: string;
  asOf: Date;
  summary: SimulationSummary;
  transitions: Transition[];
}

type Tracked = Pick<EntityRow, 'id' | 'ref'> &
  Pick<IntervalRow, 'type' | 'owner'>;

/** What is said of an entity now, and what would be said. */
interface Outcome {
  entityId: number;
  before?: CurrentItem;
  after?: Omit<Said, 'definition'>;
}

/** Evaluates all entities by a definition that is not in force, by the very engine, and stores nothing. */
export class Simulator {
  readonly #knex: Knex;
  readonly #clock: Clock;
  readonly #definitions: DefinitionStore;
  readonly #entities: EntityStore;
  readonly #evaluator: Evaluator;

  /** @param options.evaluator - of its own: that of the engine keeps the definitions in force compiled */
  static create(options: {
    knex: Knex;
    clock: Clock;
    definitions: DefinitionStore;
    entities: EntityStore;
    evaluator: Evaluator;
  }): Simulator {
    return new Simulator(options);
  }

  private constructor(options: Parameters<typeof Simulator.create>[0]) {
    this.#knex = options.knex;
    this.#clock = options.clock;
    this.#definitions = options.definitions;
    this.#entities = options.entities;
    this.#evaluator = options.evaluator;
  }

  /**
   * @param readable - whoever may not read all entities is told of those only that he may
   * @param signal - ends it, once nobody waits for it
   * @throws DefinitionError when the definition could not be adopted
   */
  async simulate(
    request: z.output<typeof simulationRequestSchema>,
    readable: EntityReader,
    signal: AbortSignal,
  ): Promise<Simulated> {
    const proposed = await propose(request, this.#definitions);
    const asOf = this.#clock.now();
    const set = await simulationSet(this.#knex, proposed);
    const tracked = await this.#tracked(readable);
    const outcomes = await this.#evaluateAll(
      [...tracked.keys()],
      set,
      asOf,
      signal,
    );
    const transitions = await this.#compare(outcomes, proposed, tracked);
    return {
      scorecard: proposed.scorecard.name,
      asOf,
      summary: summaryOf(transitions, {
        entities: outcomes.filter(({ after }) => after).length,
        before: outcomes.filter(({ before }) => before).length,
      }),
      transitions,
    };
  }

  /** All entities of the catalog that may be read. */
  async #tracked(readable: EntityReader): Promise<Map<number, Tracked>> {
    const rows: Tracked[] = await this.#knex({ entity: ENTITIES })
      .join({ interval: INTERVALS }, 'interval.entity_id', 'entity.id')
      .whereNull('interval.valid_to')
      .whereNull('entity.deleted_at')
      .select('entity.id', 'entity.ref', 'interval.type', 'interval.owner');
    const found = new Map(rows.map(row => [row.id, row]));
    if (readable.all) return found;
    const open = new Map<number, Tracked>();
    for (const some of chunks([...found.keys()], BATCH)) {
      const described = await this.#entities.byIds(some);
      const allowed = await readable.only(described, entity => entity);
      allowed.forEach(({ id }) => open.set(id, found.get(id)!));
    }
    return open;
  }

  async #evaluateAll(
    entityIds: readonly number[],
    set: SimulationSet,
    now: Date,
    signal: AbortSignal,
  ): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    const batches = chunks(entityIds, BATCH)[Symbol.iterator]();
    const lane = async () => {
      for (const ids of batches) {
        signal.throwIfAborted();
        outcomes.push(...(await this.#evaluate(ids, set, now)));
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return outcomes;
  }

  async #evaluate(
    entityIds: readonly number[],
    { set, scorecardId }: SimulationSet,
    now: Date,
  ): Promise<Outcome[]> {
    const leased = entityIds.map(
      (entityId): Leased => ({
        entityId,
        generation: 0,
        cause: 'definition',
        detail: null,
      }),
    );
    const batch = await loadBatch(
      this.#knex,
      leased,
      set.sources.map(({ sourceId }) => sourceId),
      now,
      { scorecardId },
    );
    if (!batch) {
      const half = Math.ceil(entityIds.length / 2);
      return [
        ...(await this.#evaluate(
          entityIds.slice(0, half),
          { set, scorecardId },
          now,
        )),
        ...(await this.#evaluate(
          entityIds.slice(half),
          { set, scorecardId },
          now,
        )),
      ];
    }
    const { results, failed } = await this.#evaluator.evaluate(set, batch);
    const current: CurrentItem[] = batch.current
      ? JSON.parse(`[${batch.current}]`)
      : [];
    const outcomes = new Map<number, Outcome>();
    for (const before of current) {
      outcomes.set(before[1], { entityId: before[1], before });
    }
    results.entity_id.forEach((entityId, row) => {
      const packed = results.results[row];
      if (packed === null) return;
      outcomes.set(entityId, {
        ...outcomes.get(entityId),
        entityId,
        after: {
          results: packed,
          level: results.level[row],
          points: results.points[row],
          confidence: results.confidence[row],
        },
      });
    });
    // What cannot be evaluated keeps the result that it has.
    failed.forEach(({ entityId }) => outcomes.delete(entityId));
    return [...outcomes.values()];
  }

  async #compare(
    outcomes: readonly Outcome[],
    { scorecard }: Proposed,
    tracked: ReadonlyMap<number, Tracked>,
  ): Promise<Transition[]> {
    const { name } = scorecard;
    const definitionIds = new Set(
      outcomes.flatMap(({ before }) => (before ? [before[3]] : [])),
    );
    const versions = await DefinitionsOfResults.read(
      this.#definitions,
      [...definitionIds].map(definitionId => ({ definitionId })),
    );
    const transitions = outcomes.flatMap(({ entityId, before, after }) => {
      const { ref, type, owner } = tracked.get(entityId)!;
      const subject = {
        entityRef: ref,
        ...(type !== null && { type }),
        ...(owner !== null && { owner }),
      };
      const now = before && {
        ...saidIn(before),
        definition: versions.of({ scorecard: name, definitionId: before[3] }),
      };
      const then = after && { ...after, definition: scorecard };
      return transitionOf(subject, now, then) ?? [];
    });
    return transitions
      .map(one => ({ one, place: placeOf(one) }))
      .sort((a, b) => (a.place < b.place ? -1 : 1))
      .map(({ one }) => one);
  }
}

function saidIn(item: CurrentItem): Omit<Said, 'definition'> {
  const [, , , , , , results, level, points, confidence] = item;
  return { results, level, points, confidence };
}
