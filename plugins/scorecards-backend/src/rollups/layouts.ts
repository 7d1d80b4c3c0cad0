import { Knex } from 'knex';
import { LAYOUTS, SCORECARDS } from '../results/tables';
import type { RollupShape } from './Tally';

/** What the positions of results stand for, by number of the layout. */
export type Layouts = ReadonlyMap<number, RollupShape>;

/** @param which - some layouts by number, or all of a scorecard by its name */
export async function readLayouts(
  knex: Knex,
  which: readonly number[] | string,
): Promise<Layouts> {
  const query = knex({ layout: LAYOUTS }).select(
    'layout.id',
    'layout.levels',
    'layout.checks',
  );
  const rows: { id: number; levels: string; checks: string }[] =
    await (typeof which === 'string'
      ? query
          .join(
            { scorecard: SCORECARDS },
            'scorecard.id',
            'layout.scorecard_id',
          )
          .where('scorecard.name', which)
      : query.whereIn('layout.id', which));
  return new Map(
    rows.map(({ id, levels, checks }) => [
      id,
      { levels: JSON.parse(levels), checks: JSON.parse(checks) },
    ]),
  );
}
