import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { CollectorPartition, FactCollector } from '@waymark/scorecards-node';
import { Knex } from 'knex';
import { transact } from '../database/transact';
import { EntityStore } from '../entities/EntityStore';
import {
  ENTITIES,
  HEAD,
  HeadRow,
  INTERVALS,
  TrackedEntity,
} from '../entities/tables';
import { CompiledFactSource } from '../intake/sources';
import { dependentsOf, touchedRefs } from './dependencies';
import { requestEntities } from './partitionRows';
import { CollectorPlan } from './plan';
import { CollectorRow, COLLECTORS, PARTITIONS, PRIORITY } from './tables';
import { Assignment, assignTargets, forgetTargets } from './targetRows';
import { placeOf } from './targets';

const BATCH = 500;
/** Of one call. */
const MOST_STEPS = 4;

/** A collector, and the fact sources that it writes. */
export interface FollowedCollector {
  collector: FactCollector;
  plan: CollectorPlan;
  /** Those in force. */
  sources: CompiledFactSource[];
}

/**
 * Keeps the partitions of collectors in step with the entities: what is new or has changed is due at once, what is gone or
 * no longer concerned is forgotten. It reads what other replicas and restarts have left to do; each step is one
 * transaction that only one replica can make.
 */
export class EntityFollower {
  readonly #knex: Knex;
  readonly #logger: LoggerService;

  static create(options: {
    knex: Knex;
    logger: LoggerService;
  }): EntityFollower {
    return new EntityFollower(options);
  }

  private constructor(options: { knex: Knex; logger: LoggerService }) {
    this.#knex = options.knex;
    this.#logger = options.logger;
  }

  /**
   * Follows the entities towards their present end.
   *
   * @returns false when there is more to follow: what is due must not wait for the whole of a large catalog
   */
  async follow(followed: FollowedCollector, now: Date): Promise<boolean> {
    const { collector, plan } = followed;
    await this.#begin(collector.id, plan.definitions);
    for (let steps = 0; steps < MOST_STEPS; steps += 1) {
      const row: CollectorRow = await this.#knex(COLLECTORS)
        .where({ collector: collector.id })
        .first();
      const seen = await this.#stateOfEntities();
      if (row.seen === seen.text) {
        return true;
      }
      const step = await this.#step(followed, row, now);
      if (step === 'end' && (await this.#finish(followed, row, seen, now))) {
        return true;
      }
    }
    return false;
  }

  async #begin(collector: string, definitions: string): Promise<void> {
    const row: CollectorRow | undefined = await this.#knex(COLLECTORS)
      .where({ collector })
      .first();
    if (row?.definitions === definitions) {
      return;
    }
    await transact(this.#knex, async tx => {
      await tx(COLLECTORS)
        .insert({
          collector,
          definitions,
          cursor: 0,
          seen: '',
          followed_at: 0,
          refusals: 0,
        })
        .onConflict('collector')
        .merge(['definitions', 'cursor', 'seen']);
      // What it remembers was collected for other definitions.
      await tx(PARTITIONS).where({ collector }).update({ state: null });
    });
  }

  async #stateOfEntities(): Promise<{ text: string; recordedAt: number }> {
    const head: HeadRow = await this.#knex(HEAD).where({ id: 1 }).first();
    const last = await this.#knex(INTERVALS).max({ id: 'id' }).first();
    const recordedAt = Number(head.recorded_at);
    return { text: `${head.cursor}/${recordedAt}/${last?.id}`, recordedAt };
  }

  /** Looks at the next intervals that have begun. */
  async #step(
    followed: FollowedCollector,
    row: CollectorRow,
    now: Date,
  ): Promise<'more' | 'end'> {
    const { collector, plan } = followed;
    const begun: { id: number | string; entity_id: number }[] =
      await this.#knex(INTERVALS)
        .where('id', '>', Number(row.cursor))
        .whereNull('valid_to')
        .orderBy('id')
        .limit(BATCH)
        .select('id', 'entity_id');
    if (begun.length === 0) {
      return 'end';
    }
    await transact(this.#knex, async tx => {
      const ours = await tx(COLLECTORS)
        .where({ collector: collector.id, cursor: row.cursor })
        .update({ cursor: begun[begun.length - 1].id });
      if (ours !== 1) {
        return;
      }
      const changed = begun.map(({ entity_id }) => entity_id);
      const entities = await EntityStore.of(tx).byIds(changed);
      const { concerned, others } = this.#sort(followed, entities);
      await forgetTargets(tx, collector, others, now);
      const isFirst = row.seen === '';
      await assignTargets(tx, collector.id, concerned, {
        priority: isFirst ? PRIORITY.scheduled : PRIORITY.changed,
        dueAt: new Date(
          now.getTime() + (isFirst ? plan.initialDelayMillis : 0),
        ),
      });
      if (!isFirst) {
        await this.#askDependents(tx, collector.id, row, changed, now);
      }
    });
    return 'more';
  }

  /** Forgets whom the catalog has lost, and asks anew for whatever depended on entities that have changed. */
  async #finish(
    followed: FollowedCollector,
    row: CollectorRow,
    seen: { text: string; recordedAt: number },
    now: Date,
  ): Promise<boolean> {
    const { id: collector } = followed.collector;
    return transact(this.#knex, async tx => {
      const ours = await tx(COLLECTORS)
        .where({ collector, cursor: row.cursor, seen: row.seen })
        .update({ seen: seen.text, followed_at: seen.recordedAt });
      if (ours !== 1) {
        return false;
      }
      const gone: number[] = await tx(INTERVALS)
        .join(ENTITIES, `${ENTITIES}.id`, `${INTERVALS}.entity_id`)
        .where('valid_to', '>=', Number(row.followed_at))
        .whereNotNull('deleted_at')
        .distinct()
        .pluck(`${ENTITIES}.id`);
      await forgetTargets(tx, followed.collector, gone, now);
      if (row.seen !== '') {
        await this.#askDependents(tx, collector, row, gone, now);
      }
      return true;
    });
  }

  async #askDependents(
    tx: Knex.Transaction,
    collector: string,
    { followed_at }: CollectorRow,
    changed: number[],
    now: Date,
  ): Promise<void> {
    const refs = await touchedRefs(tx, changed, Number(followed_at));
    await requestEntities(
      tx,
      collector,
      await dependentsOf(tx, collector, refs),
      { priority: PRIORITY.changed, dueAt: now },
    );
  }

  #sort(
    { collector, sources }: FollowedCollector,
    entities: TrackedEntity[],
  ): { concerned: Assignment[]; others: number[] } {
    const concerned: Assignment[] = [];
    const others: number[] = [];
    for (const entity of entities) {
      const partition =
        entity.deletedAt === undefined &&
        sources.some(source => source.appliesTo(entity.entity)) &&
        this.#place(collector, entity);
      if (partition) {
        concerned.push({ entityId: entity.id, partition });
      } else {
        others.push(entity.id);
      }
    }
    return { concerned, others };
  }

  #place(
    collector: FactCollector,
    entity: TrackedEntity,
  ): CollectorPartition | undefined {
    try {
      return placeOf(collector, entity);
    } catch (error) {
      // One entity that a collector stumbles over must not keep it from all the others.
      this.#logger.error(
        `The collector ${collector.id} cannot tell where ${entity.ref} belongs, and leaves it out until it changes`,
        toError(error),
      );
      return undefined;
    }
  }
}
