import { Knex } from 'knex';
import type { Big } from '../database/intervals';
import { columnList, numbers } from '../database/lists';
import type { Dimension } from '../entities/placements';
import { ROLLUPS } from './tables';
import { RollupShape, Tally } from './Tally';

/** What changes in the counts of one roll-up. */
export interface RollupDelta {
  layoutId: number;
  shape: RollupShape;
  dimension: Dimension;
  key: string;
  change: Tally;
}

interface LivingRow {
  place: Big;
  id: Big;
  counts: string;
  from_seq: Big;
}

const KEY_COLUMNS = {
  layout_id: 'bigint',
  dimension: 'text',
  key: 'text',
} as const;

const keyColumns = (deltas: readonly RollupDelta[]) => ({
  layout_id: deltas.map(({ layoutId }) => layoutId),
  dimension: deltas.map(({ dimension }) => dimension),
  key: deltas.map(({ key }) => key),
});

/**
 * Adds to the counts of roll-ups, each of them once.
 *
 * @param at - `window`: where the last one ended, at which counts are kept; `seq`: of the last result that is counted
 */
export async function writeDeltas(
  tx: Knex.Transaction,
  deltas: readonly RollupDelta[],
  at: { window: number; seq: number },
): Promise<void> {
  const living = await readLiving(tx, deltas);
  const moved = { id: [] as number[], counts: [] as string[] };
  const ended: number[] = [];
  const gone: number[] = [];
  const begun: (RollupDelta & { counts: string })[] = [];
  deltas.forEach((delta, index) => {
    const before = living.get(index);
    const sum = Tally.create(delta.shape, before?.counts);
    sum.add(delta.change);
    const counts = sum.isZero() ? undefined : sum.toText();
    // What began after the last window ended was never kept: it moves in place.
    if (before && Number(before.from_seq) > at.window) {
      if (counts === undefined) {
        gone.push(Number(before.id));
      } else {
        moved.id.push(Number(before.id));
        moved.counts.push(counts);
      }
    } else {
      if (before) ended.push(Number(before.id));
      if (counts !== undefined) begun.push({ ...delta, counts });
    }
  });
  await move(tx, moved);
  if (gone.length > 0) {
    await tx(ROLLUPS)
      .whereRaw('id in (?)', [numbers(tx, gone)])
      .delete();
  }
  if (ended.length > 0) {
    await tx(ROLLUPS)
      .whereRaw('id in (?)', [numbers(tx, ended)])
      .update({ to_seq: at.seq });
  }
  await begin(tx, begun, at.seq);
}

async function move(
  tx: Knex.Transaction,
  moved: { id: number[]; counts: string[] },
): Promise<void> {
  if (moved.id.length === 0) return;
  await tx.raw(
    `update ${ROLLUPS} set counts = v.counts from ? where ${ROLLUPS}.id = v.id`,
    [columnList(tx, { id: 'bigint', counts: 'text' }, moved)],
  );
}

async function begin(
  tx: Knex.Transaction,
  begun: readonly (RollupDelta & { counts: string })[],
  seq: number,
): Promise<void> {
  if (begun.length === 0) return;
  await tx.raw(
    `insert into ${ROLLUPS} (layout_id, dimension, key, counts, from_seq)
     select v.layout_id, v.dimension, v.key, v.counts, cast(? as bigint) from ?`,
    [
      seq,
      columnList(
        tx,
        { ...KEY_COLUMNS, counts: 'text' },
        { ...keyColumns(begun), counts: begun.map(({ counts }) => counts) },
      ),
    ],
  );
}

/** The living rows, by index of their delta. */
async function readLiving(
  tx: Knex.Transaction,
  deltas: readonly RollupDelta[],
): Promise<Map<number, LivingRow>> {
  const rows: LivingRow[] = await tx
    .from(
      columnList(
        tx,
        { ...KEY_COLUMNS, place: 'bigint' },
        { ...keyColumns(deltas), place: deltas.map((_, index) => index) },
      ),
    )
    .join({ living: ROLLUPS }, on =>
      on
        .on('living.layout_id', 'v.layout_id')
        .on('living.dimension', 'v.dimension')
        .on('living.key', 'v.key'),
    )
    .whereNull('living.to_seq')
    .select('v.place', 'living.id', 'living.counts', 'living.from_seq');
  return new Map(rows.map(row => [Number(row.place), row]));
}
