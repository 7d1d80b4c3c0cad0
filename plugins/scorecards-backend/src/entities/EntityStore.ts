import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { inForce } from '../database/intervals';
import { applySnapshots, EntityChange, SeenSnapshots } from './applySnapshots';
import {
  ENTITIES,
  EntityRow,
  HEAD,
  HeadRow,
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

/** How far somebody has come with the change feed of the catalog. */
export interface FeedStep {
  from: number;
  to: number;
  /** Entities that were compared on the way, by their numbers; `to` is null at the end. */
  compared?: { from: number; to: number | null };
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

  /** What is still to be compared with the catalog after its feed was read from the beginning; undefined for nothing. */
  async comparison(): Promise<{ cursor: number; after: number } | undefined> {
    const head: HeadRow = await this.#knex(HEAD).where({ id: 1 }).first();
    return head.compare_after === null
      ? undefined
      : { cursor: Number(head.cursor), after: head.compare_after };
  }

  /**
   * Moves the cursor, and takes the lock of the writer until the transaction ends. Who comes to the beginning of the feed, or
   * from it, has a comparison begin.
   *
   * @returns false when another replica has moved it meanwhile: what was read is to be thrown away
   */
  async advance(tx: Knex.Transaction, step: FeedStep): Promise<boolean> {
    const { from, to, compared } = step;
    const isBeginning = from === 0 || to === 0;
    const moved = await tx(HEAD)
      .where({
        ...{ id: 1, cursor: from },
        ...(compared && { compare_after: compared.from }),
      })
      .update({
        cursor: to,
        ...(isBeginning && { compare_after: 0 }),
        ...(compared && { compare_after: compared.to }),
      });
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
    let page: TrackedEntity[];
    do {
      page = await this.livingAfter(after, { ...filter, limit: CHUNK });
      if (page.length > 0) {
        yield page;
        after = page[page.length - 1].id;
      }
    } while (page.length === CHUNK);
  }

  /** Living entities with greater numbers, in their order. */
  async livingAfter(
    id: number,
    { kind, limit }: { kind?: string; limit: number },
  ): Promise<TrackedEntity[]> {
    const query = this.#inForce()
      .where('entity.id', '>', id)
      .orderBy('entity.id')
      .limit(limit);
    const rows: Row[] = await (kind === undefined
      ? query
      : query.where('interval.kind', kind));
    return rows.map(toTracked);
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
