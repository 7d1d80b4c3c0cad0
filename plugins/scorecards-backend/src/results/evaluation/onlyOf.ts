import type { Differences, ResultColumns } from './batch';

type Columns = Record<string, unknown[]>;

function rowsOf<T extends Columns>(
  columns: T,
  isKept: (row: number) => boolean,
): T {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      values.filter((_, row) => isKept(row)),
    ]),
  ) as T;
}

/** The differences of some of the entities that were evaluated. */
export function onlyOf(
  { results, due, notDue, failed, unusable }: Differences,
  entities: ReadonlySet<number>,
): Differences {
  const of = (columns: { entity_id: number[] }) => (row: number) =>
    entities.has(columns.entity_id[row]);
  return {
    results: rowsOf({ ...results }, of(results)) satisfies ResultColumns,
    due: rowsOf({ ...due }, of(due)),
    notDue: notDue.filter(entityId => entities.has(entityId)),
    failed: failed.filter(({ entityId }) => entities.has(entityId)),
    unusable,
  };
}
