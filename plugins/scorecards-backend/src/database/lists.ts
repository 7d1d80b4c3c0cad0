import { Knex } from 'knex';

/** Whether a client speaks the dialect of PostgreSQL; the other one is SQLite. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}

/**
 * A list of numbers as a query of one column `value`, with one binding however long it is.
 *
 * @returns to stand behind `in`, or in parentheses behind `from`
 */
export function numbers(knex: Knex, values: readonly number[]): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw('select unnest(?::bigint[]) as value', [`{${values.join(',')}}`])
    : knex.raw('select value from json_each(?)', [JSON.stringify(values)]);
}
