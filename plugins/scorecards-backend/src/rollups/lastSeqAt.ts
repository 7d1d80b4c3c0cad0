import { Knex } from 'knex';
import { RESULT_HEAD, RESULTS } from '../results/tables';
import { ROLLUP_WINDOWS } from './tables';

/**
 * The last place in the feed of results that was taken until an instant: whatever has a greater one came later, as places
 * are given in the order of time.
 *
 * @param at - in ms since 1970
 */
export async function lastSeqAt(knex: Knex, at: number): Promise<number> {
  const head = await knex(RESULT_HEAD).where({ id: 1 }).first();
  if (Number(head.recorded_at) <= at) return Number(head.seq);
  const low = await windowAt(knex, at);
  const next = await windowAfter(knex, low);
  // By halves, for want of an index: it would be the largest thing that is stored of a result.
  const middle = '(low + high + 1) / 2';
  const isUntil = `(select valid_from from ${RESULTS} where seq >= ${middle} order by seq limit 1) <= ?`;
  const half = knex.raw(
    `(with recursive half (low, high) as (
       select cast(? as bigint), cast(? as bigint)
       union all
       select case when ${isUntil} then ${middle} else low end,
              case when ${isUntil} then high else ${middle} - 1 end
       from half where low < high
     )
     select low as seq from half where low >= high) as found`,
    [low, next ?? Number(head.seq), at, at],
  );
  const { seq } = await knex.from(half).first('seq');
  return Number(seq);
}

/** Where the last window ended that had ended at an instant; 0 where there was none. */
export async function windowAt(knex: Knex, at: number): Promise<number> {
  const window = await knex(ROLLUP_WINDOWS)
    .where('at', '<=', at)
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'seq', order: 'desc' },
    ])
    .first('seq');
  return Number(window?.seq ?? 0);
}

/** Where the window ended that followed another one; undefined for the last one. */
export async function windowAfter(
  knex: Knex,
  window: number,
): Promise<number | undefined> {
  const next = await knex(ROLLUP_WINDOWS)
    .where('seq', '>', window)
    .orderBy('seq')
    .first('seq');
  return next && Number(next.seq);
}
