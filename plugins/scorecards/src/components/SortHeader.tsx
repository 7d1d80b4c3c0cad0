import { RiArrowDownLine, RiArrowUpLine } from '@remixicon/react';
import { Sort } from './sort';
import styles from './Table.module.css';

const ARIA = { up: 'ascending', down: 'descending' } as const;

/** The head of a column that the rows can be sorted by. */
export function SortHeader<Column extends string>(props: {
  column: Column;
  title: string;
  sort: Sort<Column>;
  /** The way that one looks for first. */
  first?: 'up' | 'down';
  align?: 'start' | 'end';
  onSort(sort: Sort<Column>): void;
}) {
  const { column, title, sort, first = 'up', align = 'start', onSort } = props;
  const isSorted = sort.column === column;
  const other = sort.direction === 'up' ? 'down' : 'up';
  const Icon = sort.direction === 'up' ? RiArrowUpLine : RiArrowDownLine;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? ARIA[sort.direction] : 'none'}
      data-align={align}
    >
      <button
        type="button"
        className={styles.sort}
        onClick={() => onSort({ column, direction: isSorted ? other : first })}
      >
        {title}
        {isSorted && <Icon size={14} aria-hidden />}
      </button>
    </th>
  );
}
