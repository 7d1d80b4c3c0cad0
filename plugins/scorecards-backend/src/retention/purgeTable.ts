import { Knex } from 'knex';

const BATCH = 1_000;

/** Rows that are kept for a time, and then not any more. */
export interface PurgedTable {
  table: string;
  /** Column of a unique number. */
  key: string;
  /** Narrows a query to the rows that are old enough. */
  isOld: (query: Knex.QueryBuilder) => void;
  /** Keys, of those given, that something else refers to. */
  referredTo?: (keys: number[]) => Promise<ReadonlySet<number>>;
}

/**
 * Deletes the old rows of a table, in batches, so that no writer waits for long.
 *
 * @returns how many there were
 */
export async function purgeTable(
  knex: Knex,
  { table, key, isOld, referredTo }: PurgedTable,
  signal?: AbortSignal,
): Promise<number> {
  let purged = 0;
  let after = -1;
  for (;;) {
    signal?.throwIfAborted();
    const found: (number | string)[] = await knex(table)
      .where(key, '>', after)
      .where(query => isOld(query))
      .orderBy(key)
      .limit(BATCH)
      .pluck(key);
    const keys = found.map(Number);
    if (keys.length > 0) {
      const kept = await referredTo?.(keys);
      purged += await knex(table)
        .whereIn(
          key,
          keys.filter(one => !kept?.has(one)),
        )
        // It may have come back in the meantime.
        .where(query => isOld(query))
        .delete();
      after = keys[keys.length - 1];
    }
    if (keys.length < BATCH) return purged;
  }
}
