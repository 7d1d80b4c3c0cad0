import { ScorecardResultRow } from '@waymark/scorecards-common';
import { STATES } from '../../components';
import { Sort } from '../../components/sort';

const COLUMNS = [
  'entity',
  'type',
  'owner',
  'level',
  'points',
  'confidence',
  'check',
  'failing',
  'since',
] as const;

/** What entities can be sorted by. */
export type Column = (typeof COLUMNS)[number];

/** Whether there is such a column. */
export const isColumn = (name: string): name is Column =>
  COLUMNS.includes(name as Column);

/** The order in which the backend pages. */
export const USUAL_SORT: Sort<Column> = { column: 'entity', direction: 'up' };

/** Checks that keep an entity from better: those that fail, and those of which nothing is known. */
export function troubles({ checks }: Pick<ScorecardResultRow, 'checks'>) {
  const count = (state: string) =>
    checks.filter(check => check.state === state).length;
  return { fail: count('fail'), unknown: count('unknown') };
}

/** By what a row is sorted; null comes last. */
export function valueIn(
  column: Column,
  row: ScorecardResultRow,
  check?: string,
): string | number | null {
  switch (column) {
    case 'type':
      return row.type ?? null;
    case 'owner':
      return row.owner ?? null;
    case 'level':
      return row.rank;
    case 'points':
      return row.points;
    case 'confidence':
      return row.confidence;
    case 'failing':
      return troubles(row).fail;
    case 'since':
      return row.since;
    case 'check': {
      const state = row.checks.find(({ id }) => id === check)?.state;
      return state === undefined ? null : STATES.indexOf(state);
    }
    default:
      return row.entityRef;
  }
}
