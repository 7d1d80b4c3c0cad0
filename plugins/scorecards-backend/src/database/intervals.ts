import { Knex } from 'knex';

/** PostgreSQL gives 64-bit integers as text. */
export type Big = number | string;

/**
 * Narrows a query to the intervals in force.
 *
 * @param asOf - the present when absent
 * @param table - whose columns `valid_from` and `valid_to` are; needed in joins
 */
export function inForce<T extends Knex.QueryBuilder>(
  query: T,
  asOf?: Date,
  table?: string,
): T {
  const [from, to] = ['valid_from', 'valid_to'].map(column =>
    table ? `${table}.${column}` : column,
  );
  if (!asOf) {
    return query.whereNull(to) as T;
  }
  const at = asOf.getTime();
  return query
    .where(from, '<=', at)
    .where(inner => inner.whereNull(to).orWhere(to, '>', at)) as T;
}

/**
 * Takes the lock of all who write under a table of one row, until the transaction ends.
 *
 * @returns the row as the last of them left it
 */
export async function lockRow<T extends object>(
  tx: Knex.Transaction,
  table: string,
): Promise<T> {
  // An update, since SQLite has no SELECT FOR UPDATE; it takes the row lock in PostgreSQL just as well.
  await tx(table).where({ id: 1 }).update({ id: 1 });
  const row: T | undefined = await tx(table).where({ id: 1 }).first();
  if (!row) {
    throw new Error(`${table} has lost its row`);
  }
  return row;
}
