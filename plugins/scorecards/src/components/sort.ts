/** By what rows are sorted, and which way. */
export interface Sort<Column extends string = string> {
  column: Column;
  direction: 'up' | 'down';
}

/** As it stands in the address: `-points` begins with the largest. */
export const formatSort = ({ column, direction }: Sort) =>
  direction === 'up' ? column : `-${column}`;

/** What the address says, or the usual where it says nothing that can be. */
export function parseSort<Column extends string>(
  text: string | null,
  isColumn: (name: string) => name is Column,
  usual: Sort<Column>,
): Sort<Column> {
  const column = text?.replace(/^-/, '') ?? '';
  return isColumn(column)
    ? { column, direction: text!.startsWith('-') ? 'down' : 'up' }
    : usual;
}

type Value = string | number | null | undefined;

/** Sorts by a value; rows without one come last either way, and equal ones in the order of `tie`. */
export function sortBy<Row>(
  rows: readonly Row[],
  direction: Sort['direction'],
  valueOf: (row: Row) => Value,
  tie: (row: Row) => string,
): Row[] {
  const sign = direction === 'up' ? 1 : -1;
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'string' ? a.localeCompare(String(b)) : a - Number(b);
  return [...rows].sort((a, b) => {
    const [x, y] = [valueOf(a) ?? null, valueOf(b) ?? null];
    if (x === null || y === null) {
      if (x !== y) return x === null ? 1 : -1;
      return tie(a).localeCompare(tie(b));
    }
    return sign * compare(x, y) || tie(a).localeCompare(tie(b));
  });
}
