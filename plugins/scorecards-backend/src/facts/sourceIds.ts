import { Knex } from 'knex';
import { SOURCES } from './tables';

/**
 * The short numbers of fact sources, given where there is none yet.
 *
 * @param tx - nothing of it is remembered, because it may be undone
 */
export async function sourceIds(
  tx: Knex.Transaction,
  names: Iterable<string>,
): Promise<Map<string, number>> {
  const wanted = [...new Set(names)];
  const read = async () => {
    const rows: { id: number; name: string }[] = await tx(SOURCES).whereIn(
      'name',
      wanted,
    );
    return new Map(rows.map(({ id, name }) => [name, id]));
  };
  const known = await read();
  const unknown = wanted.filter(name => !known.has(name));
  if (unknown.length === 0) {
    return known;
  }
  await tx(SOURCES)
    .insert(unknown.map(name => ({ name })))
    .onConflict('name')
    .ignore();
  return read();
}
