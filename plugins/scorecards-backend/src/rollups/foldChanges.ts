import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { lockRow } from '../database/intervals';
import { isAmong, isPostgres } from '../database/lists';
import {
  Dimension,
  PLACEMENT_KEYS,
  PlacementKey,
} from '../entities/placements';
import { RESULT_HEAD, RESULTS } from '../results/tables';
import { ChangedGroup, changesByPlacement } from './changes';
import { Layouts, readLayouts } from './layouts';
import { RollupDelta, writeDeltas } from './writeDeltas';
import { ROLLUP_HEAD, ROLLUP_WINDOWS, RollupHeadRow } from './tables';
import { Tally } from './Tally';

const CHUNK = 2_000;

/** How much is done at once. */
export interface FoldLimits {
  /** Results that are folded in one transaction. */
  step: number;
  /**
   * Results after which all counts are kept. A read of the past counts about as many anew at most; to keep counts costs a
   * row for every roll-up that changes afterwards.
   */
  window: number;
}

/**
 * Folds the next part of the feed of results into the counts.
 *
 * @returns how many results were folded; 0 where there are no more, or another replica folds just now
 */
export async function foldChanges(
  tx: Knex.Transaction,
  limits: FoldLimits,
): Promise<number> {
  const head = await takeHead(tx);
  if (!head) return 0;
  const [after, window] = [Number(head.seq), Number(head.window)];
  const last = await tx(RESULT_HEAD).where({ id: 1 }).first('seq');
  const to = Math.min(Number(last.seq), after + limits.step);
  if (to === after) return 0;
  const groups = await changesByPlacement(tx, { after, to });
  const layouts = await readLayouts(tx, [
    ...new Set(groups.map(({ layoutId }) => layoutId)),
  ]);
  const deltas = await spread(tx, groups, layouts);
  for (const some of chunks(deltas, CHUNK)) {
    await writeDeltas(tx, some, { window, seq: to });
  }
  const isWindowFull = to - window >= limits.window;
  if (isWindowFull) {
    const { valid_from: at } = await tx(RESULTS).where({ seq: to }).first();
    await tx(ROLLUP_WINDOWS).insert({ seq: to, at });
  }
  await tx(ROLLUP_HEAD)
    .where({ id: 1 })
    .update({ seq: to, window: isWindowFull ? to : window });
  return to - after;
}

/** Takes the lock of who folds; undefined where another one has it. */
async function takeHead(
  tx: Knex.Transaction,
): Promise<RollupHeadRow | undefined> {
  return isPostgres(tx)
    ? tx(ROLLUP_HEAD).where({ id: 1 }).forUpdate().skipLocked().first()
    : lockRow<RollupHeadRow>(tx, ROLLUP_HEAD);
}

/** Brings what changes at each placement to every roll-up that it is in. */
async function spread(
  tx: Knex.Transaction,
  groups: readonly ChangedGroup<number>[],
  layouts: Layouts,
): Promise<RollupDelta[]> {
  const sums = sumByPlacement(groups, layouts);
  const keys = await readKeys(tx, [
    ...new Set(sums.map(({ placementId }) => placementId)),
  ]);
  const deltas = new Map<string, RollupDelta>();
  for (const { layoutId, placementId, sum } of sums) {
    const shape = layouts.get(layoutId)!;
    for (const [dimension, key] of keys.get(placementId)!) {
      const id = `${layoutId} ${dimension} ${key}`;
      let delta = deltas.get(id);
      if (!delta) {
        const change = Tally.create(shape);
        deltas.set(id, (delta = { layoutId, shape, dimension, key, change }));
      }
      delta.change.add(sum);
    }
  }
  return [...deltas.values()].filter(({ change }) => !change.isZero());
}

function sumByPlacement(
  groups: readonly ChangedGroup<number>[],
  layouts: Layouts,
) {
  const sums = new Map<
    string,
    { layoutId: number; placementId: number; sum: Tally }
  >();
  for (const group of groups) {
    const { layoutId, where: placementId, sign } = group;
    const id = `${layoutId} ${placementId}`;
    let entry = sums.get(id);
    if (!entry) {
      const sum = Tally.create(layouts.get(layoutId)!);
      sums.set(id, (entry = { layoutId, placementId, sum }));
    }
    entry.sum.count(group, sign);
  }
  return [...sums.values()].filter(({ sum }) => !sum.isZero());
}

async function readKeys(
  tx: Knex.Transaction,
  placements: readonly number[],
): Promise<Map<number, PlacementKey[]>> {
  const rows: { placement_id: number; dimension: Dimension; key: string }[] =
    await tx(PLACEMENT_KEYS).where(isAmong(tx, 'placement_id', placements));
  const keys = new Map<number, PlacementKey[]>();
  for (const { placement_id, dimension, key } of rows) {
    const own = keys.get(placement_id) ?? [];
    if (own.length === 0) keys.set(placement_id, own);
    own.push([dimension, key]);
  }
  return keys;
}
