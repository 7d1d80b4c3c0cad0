import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { inForce } from '../database/intervals';
import { applySnapshots, EntityChange, SeenSnapshots } from './applySnapshots';
import {
  ENTITIES,
  EntityRow,
  HEAD,
  INTERVALS,
  IntervalRow,
  OWNERS,
  toTracked,
  TrackedEntity,
} from './tables';

const CHUNK = 500;

/** Which entities to list. Filters are combined by "and". */
export interface EntityFilter {
  /** Instant to look at; the present when absent. */
  asOf?: Date;
  /** In lower case. */
  kind?: string;
  type?: string;
  lifecycle?: string;
  /** Ref of a group or user anywhere on the owner path. */
  owner?: string;
  system?: string;
  domain?: string;
}

type Row = IntervalRow & Pick<EntityRow, 'ref' | 'uid'>;

/**
 * The entities of the catalog, mirrored from its snapshots, as intervals of the system time of this database: so that a
 * past instant shows what the results of that instant were made of.
 */
export class EntityStore {
  readonly #knex: Knex;

  /** @param knex - or a transaction, to read what it has written */
  static of(knex: Knex): EntityStore {
    return new EntityStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Writes what differs from what is known.
   *
   * @param tx - in it the caller marks what has to be evaluated anew
   * @param now - system time; intervals never begin before the last recorded instant, even when the clock went back
   * @returns what has changed, each entity once
   */
  async apply(
    tx: Knex.Transaction,
    seen: SeenSnapshots,
    now: Date,
  ): Promise<EntityChange[]> {
    return applySnapshots(tx, seen, now);
  }

  /** How far the catalog's change feed has been read. */
  async cursor(): Promise<number> {
    const head = await this.#knex(HEAD).where({ id: 1 }).first('cursor');
    return Number(head.cursor);
  }

  /**
   * Moves the cursor, and takes the lock of the writer until the transaction ends.
   *
   * @returns false when another replica has moved it meanwhile: what was read is to be thrown away
   */
  async advance(
    tx: Knex.Transaction,
    step: { from: number; to: number },
  ): Promise<boolean> {
    const moved = await tx(HEAD)
      .where({ id: 1, cursor: step.from })
      .update({ cursor: step.to });
    return moved === 1;
  }

  /** The entities in force under some refs; refs without one are left out. */
  async byRefs(refs: string[], asOf?: Date): Promise<TrackedEntity[]> {
    return this.#read('entity.ref', refs, asOf);
  }

  /**
   * Entities by their numbers. One that is deleted is as it was last, with `deletedAt`; with `asOf` only those that were
   * there at that instant are given.
   */
  async byIds(ids: number[], asOf?: Date): Promise<TrackedEntity[]> {
    const found = await this.#read('entity.id', ids, asOf);
    if (asOf || found.length === new Set(ids).size) {
      return found;
    }
    const living = new Set(found.map(({ id }) => id));
    return [
      ...found,
      ...(await this.#deleted(ids.filter(id => !living.has(id)))),
    ];
  }

  /** Entities in the order of their refs, those after `after`. */
  async list(
    filter: EntityFilter,
    page: { after?: string; limit: number },
  ): Promise<TrackedEntity[]> {
    const { asOf, owner, ...columns } = filter;
    const query = this.#inForce(asOf).orderBy('entity.ref').limit(page.limit);
    for (const [column, value] of Object.entries(columns)) {
      if (value !== undefined) {
        query.where(`interval.${column}`, value);
      }
    }
    if (owner !== undefined) {
      this.#whereOwner(query, owner, asOf);
    }
    if (page.after !== undefined) {
      query.where('entity.ref', '>', page.after);
    }
    const rows: Row[] = await query;
    return rows.map(toTracked);
  }

  /** All living entities in pages, in the order of their numbers. */
  async *living(
    filter: { kind?: string } = {},
  ): AsyncGenerator<TrackedEntity[]> {
    let after = 0;
    for (;;) {
      const query = this.#inForce()
        .where('entity.id', '>', after)
        .orderBy('entity.id')
        .limit(CHUNK);
      const rows: Row[] = await (filter.kind === undefined
        ? query
        : query.where('interval.kind', filter.kind));
      if (rows.length > 0) {
        yield rows.map(toTracked);
      }
      if (rows.length < CHUNK) {
        return;
      }
      after = rows[rows.length - 1].entity_id;
    }
  }

  async #read(
    column: 'entity.id' | 'entity.ref',
    values: (string | number)[],
    asOf: Date | undefined,
  ): Promise<TrackedEntity[]> {
    const entities: TrackedEntity[] = [];
    for (const some of chunks([...new Set(values)], CHUNK)) {
      const rows: Row[] = await this.#inForce(asOf).whereIn(column, some);
      entities.push(...rows.map(toTracked));
    }
    return entities;
  }

  async #deleted(ids: number[]): Promise<TrackedEntity[]> {
    const entities = new Map<number, TrackedEntity>();
    for (const some of chunks(ids, CHUNK)) {
      const rows: (Row & Pick<EntityRow, 'deleted_at'>)[] =
        await this.#intervals()
          .whereIn('entity.id', some)
          .where('interval.valid_to', this.#knex.ref('entity.deleted_at'))
          .orderBy('interval.id')
          .select('entity.deleted_at');
      // In order, so that the last interval stays where several ended at one instant.
      for (const { deleted_at, ...row } of rows) {
        entities.set(row.entity_id, {
          ...toTracked(row),
          deletedAt: new Date(Number(deleted_at)),
        });
      }
    }
    return [...entities.values()];
  }

  #whereOwner(query: Knex.QueryBuilder, owner: string, asOf?: Date): void {
    if (!asOf) {
      query.whereIn(
        'entity.id',
        this.#knex(OWNERS).where('group_ref', owner).select('entity_id'),
      );
      return;
    }
    // The table of owners knows the present only. The path is a JSON list: the quotes keep refs apart.
    const pattern = JSON.stringify(owner).replace(/[\\%_]/g, '\\$&');
    query.whereRaw("interval.owner_path like ? escape '\\'", [`%${pattern}%`]);
  }

  #intervals(): Knex.QueryBuilder {
    return this.#knex({ interval: INTERVALS })
      .join({ entity: ENTITIES }, 'entity.id', 'interval.entity_id')
      .select('interval.*', 'entity.ref', 'entity.uid');
  }

  #inForce(asOf?: Date): Knex.QueryBuilder {
    return inForce(this.#intervals(), asOf, 'interval');
  }
}
