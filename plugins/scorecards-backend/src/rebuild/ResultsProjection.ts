import { LoggerService } from '@backstage/backend-plugin-api';
import { chunks, Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { isAmong, isPostgres } from '../database/lists';
import { transact } from '../database/transact';
import { EntityStore } from '../entities/EntityStore';
import { ENTITIES } from '../entities/tables';
import { DefinitionSets, ResultDefinitions } from '../results/DefinitionSets';
import { DIRTY, markDirty } from '../results/dirty';
import type { Differences } from '../results/evaluation/batch';
import type { Evaluator } from '../results/evaluation/Evaluator';
import { loadBatch } from '../results/loadBatch';
import { ResultEngine } from '../results/ResultEngine';
import { DUE, RESULTS } from '../results/tables';
import { Comparison, Projection, RebuildOptions } from './Projection';

const PAGE = 500;

/** What a {@link ResultsProjection} works with. */
export interface ResultsProjectionOptions {
  knex: Knex;
  clock: Clock;
  logger: LoggerService;
  definitions: ResultDefinitions;
  evaluator: Evaluator;
}

/**
 * The results that are in force, evaluated anew from definitions, entities, facts and outages. What was known last of a
 * check that is not known now is memory, and follows from nothing: it is taken as it is. What was in force before is a
 * record, and stays.
 */
export class ResultsProjection implements Projection {
  readonly name = 'results';
  readonly #options: ResultsProjectionOptions;
  readonly #sets: DefinitionSets;

  static create(options: ResultsProjectionOptions): ResultsProjection {
    return new ResultsProjection(options);
  }

  private constructor(options: ResultsProjectionOptions) {
    this.#options = options;
    this.#sets = DefinitionSets.create(options.knex, options.definitions);
  }

  async rebuild({ isRepairing }: RebuildOptions) {
    const comparison = Comparison.create();
    const wrong: number[] = [];
    for await (const page of this.#pages()) {
      comparison.saw(page.length);
      const differing = await this.#differing(page);
      wrong.push(...differing);
      (await this.#namesOf(differing)).forEach(name =>
        comparison.differs(`results of ${name}`),
      );
    }
    if (isRepairing && !comparison.isEqual()) {
      await this.#repair(wrong);
    }
    return comparison.report(this.name);
  }

  /** Numbers of entities that have, or should have, results. */
  async *#pages(): AsyncGenerator<number[]> {
    const { knex } = this.#options;
    let after = 0;
    for (;;) {
      const living = await knex(ENTITIES)
        .whereNull('deleted_at')
        .where('id', '>', after)
        .orderBy('id')
        .limit(PAGE)
        .pluck('id');
      const judged = await knex(RESULTS)
        .whereNull('valid_to')
        .where('entity_id', '>', after)
        .distinct('entity_id')
        .orderBy('entity_id')
        .limit(PAGE)
        .pluck('entity_id');
      const page = [...new Set<number>([...living, ...judged])]
        .sort((a, b) => a - b)
        .slice(0, PAGE);
      if (page.length === 0) {
        return;
      }
      yield page;
      after = page[page.length - 1];
    }
  }

  /** @returns those whose results would change by an evaluation that nothing has asked for */
  async #differing(entityIds: number[]): Promise<number[]> {
    const { knex, clock, evaluator } = this.#options;
    const set = await this.#sets.current();
    const now = clock.now();
    const { batch, pending } = await inOneSnapshot(knex, async tx => ({
      batch: await loadBatch(
        tx,
        entityIds.map(entityId => ({
          entityId,
          generation: 0,
          cause: 'engine',
          detail: null,
        })),
        set.sources.map(({ sourceId }) => sourceId),
        now,
      ),
      pending: await pendingOf(tx, entityIds, now),
    }));
    if (!batch) {
      const half = Math.ceil(entityIds.length / 2);
      return [
        ...(await this.#differing(entityIds.slice(0, half))),
        ...(await this.#differing(entityIds.slice(half))),
      ];
    }
    const differences = await evaluator.evaluate(set, batch);
    return entitiesOf(differences).filter(id => !pending.has(id));
  }

  /** Their refs, as far as they have one. */
  async #namesOf(entityIds: number[]): Promise<string[]> {
    const entities = await EntityStore.of(this.#options.knex).byIds(entityIds);
    const refs = new Map(entities.map(({ id, ref }) => [id, ref]));
    return entityIds.map(id => `${refs.get(id) ?? 'entity'} (${id})`);
  }

  async #repair(entityIds: number[]): Promise<void> {
    const { knex, clock } = this.#options;
    await transact(knex, tx =>
      markDirty(
        tx,
        { entityIds, cause: 'engine', detail: 'rebuild' },
        clock.now(),
      ),
    );
    await ResultEngine.create(this.#options).runOnce();
    for (const some of chunks(entityIds, PAGE)) {
      const names = await this.#namesOf(await this.#differing(some));
      if (names.length > 0) {
        throw new Error(
          `Could not put right the results of ${names.join(
            ', ',
          )}: the log says why`,
        );
      }
    }
  }
}

/** Entities that wait for an evaluation, so that their results may be old. */
async function pendingOf(
  tx: Knex.Transaction,
  entityIds: number[],
  now: Date,
): Promise<Set<number>> {
  const among = isAmong(tx, 'entity_id', entityIds);
  // What cannot be evaluated would wait for ever: that is wrong, and no delay.
  const marked = await tx(DIRTY)
    .where(among)
    .where({ failures: 0 })
    .pluck('entity_id');
  const due = await tx(DUE)
    .where(among)
    .where('at', '<=', now.getTime())
    .pluck('entity_id');
  return new Set([...marked, ...due]);
}

function entitiesOf(differences: Differences): number[] {
  const { results, due, notDue, failed } = differences;
  return [
    ...new Set([
      ...results.entity_id,
      ...due.entity_id,
      ...notDue,
      ...failed.map(({ entityId }) => entityId),
    ]),
  ];
}

function inOneSnapshot<T>(
  knex: Knex,
  read: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return knex.transaction(
    read,
    isPostgres(knex)
      ? { isolationLevel: 'repeatable read', readOnly: true }
      : undefined,
  );
}
