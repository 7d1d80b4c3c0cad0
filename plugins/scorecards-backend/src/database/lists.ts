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

/**
 * Whether the number in a column is among some, with one binding however many they are.
 *
 * @remarks
 * PostgreSQL gets them by a subquery: a plan over a constant array weighs each of its elements, which takes longer than to
 * look them up.
 */
export function isAmong(
  knex: Knex,
  column: string,
  values: readonly number[],
): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw(`${column} = any(array(select unnest(?::integer[])))`, [
        `{${values.join(',')}}`,
      ])
    : knex.raw(`${column} in (select value from json_each(?))`, [
        JSON.stringify(values),
      ]);
}

/** A column of text as a JSON string. */
export function jsonString(knex: Knex, column: string): string {
  return isPostgres(knex)
    ? `cast(to_json(${column}) as text)`
    : `json_quote(${column})`;
}

/** A row as the text of a JSON array. None of the expressions may be null. */
export function jsonArray(...expressions: string[]): string {
  return `'[' || ${expressions.join(" || ',' || ")} || ']'`;
}

/** A number as JSON, where it may be null. */
export function jsonNumber(column: string): string {
  return `coalesce(cast(${column} as text), 'null')`;
}

// Names such as `commit` mean something else to a database.
const quoted = (name: string) => `"${name}"`;

/** The types that columns of {@link columnList} can have. */
export type ColumnType = 'bigint' | 'text';

/**
 * Rows as a table expression with one binding per column, or one at all, however many rows there are: thousands of rows
 * in one statement cost neither parsing nor planning.
 *
 * @param types - of the columns, which have these names in the expression
 * @param columns - the values, by column
 * @returns to stand behind `from`, with an alias of its own: `v`
 */
export function columnList<C extends string>(
  knex: Knex,
  types: Readonly<Record<C, ColumnType>>,
  columns: Readonly<Record<C, readonly (number | string | null)[]>>,
): Knex.Raw {
  const names = Object.keys(types) as C[];
  if (isPostgres(knex)) {
    return knex.raw(
      `unnest(${names
        .map(name => `?::${types[name]}[]`)
        .join(', ')}) as v (${names.map(quoted).join(', ')})`,
      names.map(name => arrayLiteral(columns[name])),
    );
  }
  const selected = names.map(
    (name, index) => `json_extract(value, '$[${index}]') as ${quoted(name)}`,
  );
  const rows = columns[names[0]].map((_, row) =>
    names.map(name => columns[name][row]),
  );
  return knex.raw(`(select ${selected.join(', ')} from json_each(?)) as v`, [
    JSON.stringify(rows),
  ]);
}

function arrayLiteral(values: readonly (number | string | null)[]): string {
  const elements = values.map(value => {
    if (value === null) return 'NULL';
    return typeof value === 'number'
      ? value
      : `"${value.replace(/[\\"]/g, '\\$&')}"`;
  });
  return `{${elements.join(',')}}`;
}
