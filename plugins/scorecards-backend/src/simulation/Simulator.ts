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
import { EntityReader } from '../reads/ReadableEntities';
import type { Evaluator } from '../results/evaluation/Evaluator';
import { loadBatch } from '../results/loadBatch';
import { compareOutcomes } from './compareOutcomes';
import { leasedOf, Outcome, outcomesOf } from './outcomes';
import { propose } from './Proposal';
import { SimulationSet, simulationSet } from './simulationSet';
import { placeOf, summaryOf } from './summary';
import { onlyReadable, Tracked, trackedEntities } from './trackedEntities';

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
    const { scorecard } = proposed;
    const set = await simulationSet(this.#knex, proposed);
    const { asOf, tracked, outcomes } = await this.evaluateAll(
      set,
      signal,
      readable,
    );
    const compared = await compareOutcomes(outcomes, {
      scorecard,
      tracked,
      definitions: this.#definitions,
    });
    const transitions = compared
      .flatMap(({ transition }) => transition ?? [])
      .map(one => ({ one, place: placeOf(one) }))
      .sort((a, b) => (a.place < b.place ? -1 : 1))
      .map(({ one }) => one);
    return {
      scorecard: scorecard.name,
      asOf,
      summary: summaryOf(transitions, {
        entities: outcomes.filter(({ after }) => after).length,
        before: outcomes.filter(({ before }) => before).length,
      }),
      transitions,
    };
  }

  /**
   * What would be said of all entities, beside what is.
   *
   * @param readable - only of those
   */
  async evaluateAll(
    set: SimulationSet,
    signal: AbortSignal,
    readable?: EntityReader,
  ): Promise<{
    asOf: Date;
    tracked: ReadonlyMap<number, Tracked>;
    outcomes: Outcome[];
  }> {
    const asOf = this.#clock.now();
    const all = await trackedEntities(this.#knex);
    const tracked = readable
      ? await onlyReadable(all, this.#entities, readable)
      : all;
    const outcomes: Outcome[] = [];
    const batches = chunks([...tracked.keys()], BATCH)[Symbol.iterator]();
    const lane = async () => {
      for (const ids of batches) {
        signal.throwIfAborted();
        outcomes.push(...(await this.evaluate(ids, set, asOf)));
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return { asOf, tracked, outcomes };
  }

  /** What would be said of some entities at an instant, beside what is. */
  async evaluate(
    entityIds: readonly number[],
    simulation: SimulationSet,
    now: Date,
  ): Promise<Outcome[]> {
    const { set, scorecardId, sourceIds } = simulation;
    const batch = await loadBatch(
      this.#knex,
      leasedOf(entityIds),
      sourceIds,
      now,
      { scorecardId },
    );
    if (batch) {
      return outcomesOf(batch, await this.#evaluator.evaluate(set, batch));
    }
    const half = Math.ceil(entityIds.length / 2);
    const outcomes: Outcome[] = [];
    for (const some of chunks(entityIds, half)) {
      outcomes.push(...(await this.evaluate(some, simulation, now)));
    }
    return outcomes;
  }
}
