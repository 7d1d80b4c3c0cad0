import { Knex } from 'knex';
import { columnList } from '../database/lists';
import { lockHead, moveHead } from '../facts/head';
import { sourceIds } from '../facts/sourceIds';
import { Big, FACTS, SOURCES } from '../facts/tables';
import { markDirty } from '../results/dirty';

export const OUTAGES = 'outages';
const CHUNK = 200;
const LONGEST_ERROR = 2_000;

/** What cannot be looked at: one entity, or all of a source. */
export interface OutageScope {
  /** Id of the fact source. */
  source: string;
  /** Number of the entity in this database; undefined for all of the source. */
  entityId?: number;
}

/** An interval in which a source could not be asked. Its facts are unknown while it lasts. */
export interface Outage extends OutageScope {
  error: string;
  validFrom: Date;
  /** Undefined while it lasts. */
  validTo?: Date;
}

interface OutageRow {
  id: number;
  source_id: number;
  entity_id: number | null;
  error: string;
  valid_from: Big;
  valid_to: Big | null;
}

/**
 * Outages of collectors, as intervals of system time: facts of the source are unknown (`collectorError`) for the entity, or
 * for all entities, as long as one lasts. Begin and end mark dirty whom they concern, in the same transaction.
 */
export class OutageStore {
  readonly #knex: Knex;

  static of(knex: Knex): OutageStore {
    return new OutageStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Begins outages. One that lasts already goes on; when its error is another one, a new interval says so from now on.
   *
   * @param outages - errors as people shall read them, the same words for the same trouble: each change makes a row
   * @returns how many outages began or changed their error
   */
  async begin(
    tx: Knex.Transaction,
    outages: (OutageScope & { error: string })[],
    now: Date,
  ): Promise<number> {
    if (outages.length === 0) {
      return 0;
    }
    const head = await lockHead(tx, now);
    const { ids, living } = await livingOutages(tx, outages);
    const wanted = new Map(
      outages.map(({ source, entityId, error }) => [
        keyOf(ids.get(source)!, entityId),
        {
          source_id: ids.get(source)!,
          entity_id: entityId ?? null,
          error: readable(error),
          valid_from: head.at,
          valid_to: null,
        },
      ]),
    );
    const rows = [...wanted].filter(
      ([key, { error }]) => living.get(key)?.error !== error,
    );
    await endRows(
      tx,
      rows.flatMap(([key]) => living.get(key) ?? []),
      head.at,
    );
    await tx.batchInsert(
      OUTAGES,
      rows.map(([, row]) => row),
      CHUNK,
    );
    const begun = rows.filter(([key]) => !living.has(key));
    await markConcerned(
      tx,
      begun.map(([, row]) => row),
      ids,
      new Date(head.at),
    );
    if (rows.length > 0) {
      await moveHead(tx, head);
    }
    return rows.length;
  }

  /**
   * Ends outages.
   *
   * @returns how many of them lasted
   */
  async end(
    tx: Knex.Transaction,
    scopes: OutageScope[],
    now: Date,
  ): Promise<number> {
    if (scopes.length === 0) {
      return 0;
    }
    const head = await lockHead(tx, now);
    const { ids, living } = await livingOutages(tx, scopes);
    const keys = new Set(
      scopes.map(({ source, entityId }) => keyOf(ids.get(source)!, entityId)),
    );
    const ended = [...keys].flatMap(key => living.get(key) ?? []);
    await endRows(tx, ended, head.at);
    await markConcerned(tx, ended, ids, new Date(head.at));
    if (ended.length > 0) {
      await moveHead(tx, head);
    }
    return ended.length;
  }

  /** The outages in whose reach some entities are, or were at an instant; those of all of a source are among them. */
  async read(entityIds: number[], asOf?: Date): Promise<Outage[]> {
    const outages = await this.#select(asOf).whereNull('entity_id');
    for (let start = 0; start < entityIds.length; start += CHUNK) {
      outages.push(
        ...(await this.#select(asOf).whereIn(
          'entity_id',
          entityIds.slice(start, start + CHUNK),
        )),
      );
    }
    return outages.map(toOutage);
  }

  /** All outages of some sources that last, or lasted at an instant. */
  async ofSources(sources: string[], asOf?: Date): Promise<Outage[]> {
    return (await this.#select(asOf).whereIn('name', sources)).map(toOutage);
  }

  #select(asOf: Date | undefined) {
    const query = this.#knex(OUTAGES)
      .join(SOURCES, `${SOURCES}.id`, `${OUTAGES}.source_id`)
      .select<(OutageRow & { source: string })[]>(`${OUTAGES}.*`, {
        source: `${SOURCES}.name`,
      })
      .orderBy(`${OUTAGES}.id`);
    if (!asOf) {
      return query.whereNull('valid_to');
    }
    const at = asOf.getTime();
    return query
      .where('valid_from', '<=', at)
      .where(inner => inner.whereNull('valid_to').orWhere('valid_to', '>', at));
  }
}

function keyOf(sourceId: number, entityId: number | null | undefined): string {
  return `${sourceId}/${entityId ?? ''}`;
}

// PostgreSQL has no text with the character 0, and an error may hold whatever a server answered.
function readable(error: string): string {
  return error.replaceAll('\0', '').slice(0, LONGEST_ERROR);
}

async function livingOutages(
  tx: Knex.Transaction,
  scopes: OutageScope[],
): Promise<{ ids: Map<string, number>; living: Map<string, OutageRow> }> {
  const ids = await sourceIds(
    tx,
    scopes.map(({ source }) => source),
  );
  const whole = scopes.filter(({ entityId }) => entityId === undefined);
  const single = scopes.filter(({ entityId }) => entityId !== undefined);
  // Only those asked for: while a host is down, a source has as many as there are entities, and everybody waits for the lock.
  const rows: OutageRow[] = await tx(OUTAGES)
    .whereIn(
      'source_id',
      whole.map(({ source }) => ids.get(source)!),
    )
    .whereNull('entity_id')
    .whereNull('valid_to');
  if (single.length > 0) {
    const places = columnList(
      tx,
      { source_id: 'bigint', entity_id: 'bigint' },
      {
        source_id: single.map(({ source }) => ids.get(source)!),
        entity_id: single.map(({ entityId }) => entityId!),
      },
    );
    rows.push(
      ...(await tx
        .from(places)
        .join({ outage: OUTAGES }, on =>
          on
            .on('outage.source_id', 'v.source_id')
            .on('outage.entity_id', 'v.entity_id'),
        )
        // The index of those that last has them apart from those of a whole source.
        .whereNotNull('outage.entity_id')
        .whereNull('outage.valid_to')
        .select('outage.*')),
    );
  }
  return {
    ids,
    living: new Map(
      rows.map(row => [keyOf(row.source_id, row.entity_id), row]),
    ),
  };
}

async function endRows(
  tx: Knex.Transaction,
  rows: OutageRow[],
  at: number,
): Promise<void> {
  for (let start = 0; start < rows.length; start += CHUNK) {
    await tx(OUTAGES)
      .whereIn(
        'id',
        rows.slice(start, start + CHUNK).map(({ id }) => id),
      )
      .update({ valid_to: at });
  }
}

async function markConcerned(
  tx: Knex.Transaction,
  outages: Pick<OutageRow, 'source_id' | 'entity_id'>[],
  ids: Map<string, number>,
  at: Date,
): Promise<void> {
  const concerned = new Map<number, Set<number>>();
  for (const { source_id, entity_id } of outages) {
    const entityIds = concerned.get(source_id) ?? new Set();
    concerned.set(source_id, entityIds);
    if (entity_id !== null) {
      entityIds.add(entity_id);
      continue;
    }
    // Whoever has no fact of the source does not know it anyway: only the reason differs, and no result holds it.
    const rows: { entity_id: number }[] = await tx(FACTS)
      .where({ source_id })
      .whereNull('valid_to')
      .select('entity_id');
    rows.forEach(row => entityIds.add(row.entity_id));
  }
  for (const [source, sourceId] of ids) {
    await markDirty(
      tx,
      {
        entityIds: [...(concerned.get(sourceId) ?? [])],
        cause: 'collector',
        detail: source,
        isBulk: true,
      },
      at,
    );
  }
}

function toOutage(row: OutageRow & { source: string }): Outage {
  return {
    source: row.source,
    ...(row.entity_id !== null && { entityId: row.entity_id }),
    error: row.error,
    validFrom: new Date(Number(row.valid_from)),
    ...(row.valid_to !== null && { validTo: new Date(Number(row.valid_to)) }),
  };
}
