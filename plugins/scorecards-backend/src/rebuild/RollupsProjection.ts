import { Knex } from 'knex';
import { lockRow } from '../database/intervals';
import { foldChanges } from '../rollups/foldChanges';
import {
  ROLLUP_HEAD,
  ROLLUP_WINDOWS,
  RollupHeadRow,
  ROLLUPS,
} from '../rollups/tables';
import { Comparison, Projection, RebuildOptions, rehearse } from './Projection';

const STEP = 50_000;

/** The counts of every roll-up, by its name. */
type Counts = Map<string, string>;

/** The roll-ups of now, and at the end of every window, folded anew from the feed of results. */
export class RollupsProjection implements Projection {
  readonly name = 'rollups';
  readonly #knex: Knex;

  static create(options: { knex: Knex }): RollupsProjection {
    return new RollupsProjection(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async rebuild({ isRepairing }: RebuildOptions) {
    const comparison = Comparison.create();
    await rehearse(this.#knex, async tx => {
      // Nobody else folds meanwhile; what is folded is read by everybody as it was.
      await lockRow<RollupHeadRow>(tx, ROLLUP_HEAD);
      await foldTo(tx, Infinity);
      const end = await headOf(tx);
      const windows: number[] = (
        await tx(ROLLUP_WINDOWS)
          .where('seq', '>', 0)
          .orderBy('seq')
          .pluck('seq')
      ).map(Number);
      const stored = await countsAt(tx, windows);
      await empty(tx);
      for (const window of windows) {
        await foldTo(tx, window, { isWindow: true });
      }
      await foldTo(tx, end.seq);
      compare(stored, await countsAt(tx, windows), comparison);
      return { isKept: isRepairing && !comparison.isEqual() };
    });
    return comparison.report(this.name);
  }
}

async function headOf(tx: Knex.Transaction) {
  const { seq, window }: RollupHeadRow = await tx(ROLLUP_HEAD)
    .where({ id: 1 })
    .first();
  return { seq: Number(seq), window: Number(window) };
}

async function empty(tx: Knex.Transaction): Promise<void> {
  await tx(ROLLUPS).delete();
  await tx(ROLLUP_WINDOWS).where('seq', '>', 0).delete();
  await tx(ROLLUP_HEAD).where({ id: 1 }).update({ seq: 0, window: 0 });
}

/** Folds up to a place in the feed, or to its end, and ends a window there if that is wanted. */
async function foldTo(
  tx: Knex.Transaction,
  to: number,
  { isWindow = false } = {},
): Promise<void> {
  for (;;) {
    const { seq, window } = await headOf(tx);
    const step = Math.min(STEP, to - seq);
    if (step <= 0) {
      return;
    }
    const folded = await foldChanges(tx, {
      step,
      window: isWindow && seq + step === to ? to - window : Infinity,
    });
    if (folded === 0) {
      return;
    }
  }
}

/** The counts at the end of each window, and those of now. */
async function countsAt(
  tx: Knex.Transaction,
  windows: number[],
): Promise<Counts[]> {
  const counts: Counts[] = [];
  for (const window of [...windows, undefined]) {
    const query = tx(ROLLUPS).select('layout_id', 'dimension', 'key', 'counts');
    const rows: {
      layout_id: number;
      dimension: string;
      key: string;
      counts: string;
    }[] = await (window === undefined
      ? query.whereNull('to_seq')
      : query
          .where('from_seq', '<=', window)
          .where(inner =>
            inner.whereNull('to_seq').orWhere('to_seq', '>', window),
          ));
    counts.push(
      new Map(
        rows.map(row => [
          `${row.dimension} ${row.key} (layout ${row.layout_id})`,
          row.counts,
        ]),
      ),
    );
  }
  return counts;
}

function compare(
  stored: Counts[],
  rebuilt: Counts[],
  comparison: Comparison,
): void {
  rebuilt.forEach((expected, index) => {
    const actual = stored[index];
    const names = new Set([...expected.keys(), ...actual.keys()]);
    comparison.saw(names.size);
    for (const name of names) {
      if (expected.get(name) !== actual.get(name)) {
        comparison.differs(name);
      }
    }
  });
}
