import { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { isPostgres } from '../database/lists';
import type { Dimension } from '../entities/placements';
import { RESULT_HEAD } from '../results/tables';
import {
  changesByInstant,
  changesByKey,
  FeedRange,
  instantAt,
  Instants,
} from './changes';
import { Layouts, readLayouts } from './layouts';
import { lastSeqAt, windowAfter, windowAt } from './lastSeqAt';
import { ROLLUP_HEAD, ROLLUPS } from './tables';
import { isSameShape, RollupShape, Tally } from './Tally';

/** Which roll-ups are read. */
export interface RollupQuery {
  dimension: Dimension;
  /** All of the dimension when absent. */
  keys?: readonly string[];
  /** Its name. */
  scorecard: string;
  /** What the positions of the counts stand for: levels and checks of the definition by which they are shown. */
  shape: RollupShape;
  /** The present when absent. */
  asOf?: Date;
  /** All when absent. */
  page?: RollupPage;
}

/** Which roll-up is followed over time. */
export type SeriesQuery = Pick<
  RollupQuery,
  'dimension' | 'scorecard' | 'shape'
> & { key: string };

/** Only so many, those after a key. */
export interface RollupPage {
  after?: string;
  limit: number;
}

/** Roll-ups, in the order of their keys. */
export interface Rollups {
  /** By key; the key of the dimension `all` is empty. */
  rows: ReadonlyMap<string, Tally>;
  /** The key after which the next page begins, where there may be one. */
  after?: string;
}

/** Where counts are kept, and what of the feed lies between there and what is read. */
interface Base {
  /** Where the window ended; undefined for what has been folded until now. */
  window?: number;
  pending: FeedRange;
  /** 1 where it comes after what is kept, -1 where it is already in it. */
  sign: 1 | -1;
}

/** Series of which the past is kept: they are as large as their shapes. */
const MOST_SERIES = 100;
/** So that what is counted anew is shown at last. */
const SERIES_MS = 600_000;

/**
 * Counts over the results of many entities: what has been folded, and on top of it what has not been yet, so that a read
 * is never behind the results.
 */
export class RollupStore {
  readonly #knex: Knex;
  readonly #series = new LRUCache<string, readonly Tally[]>({
    max: MOST_SERIES,
    ttl: SERIES_MS,
  });

  static of(knex: Knex): RollupStore {
    return new RollupStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Reads roll-ups that have any entity. A page may have fewer than its limit, and still be followed by another. */
  async read(query: RollupQuery): Promise<Rollups> {
    return this.#snapshot(tx => readRollups(tx, query));
  }

  /**
   * One roll-up at many instants, for the price of its first one and of what has changed since; of instants that are past
   * for good, once. Without the states of checks.
   *
   * @param settled - in ms since 1970: nothing is said any more of what was until then
   */
  async series(
    query: SeriesQuery,
    instants: Instants,
    settled: number,
  ): Promise<readonly Tally[]> {
    const { first, step, count } = instants;
    const id = JSON.stringify([query, first, step]);
    const kept = this.#series.get(id)?.slice(0, count - 1) ?? [];
    const tallies = await this.#snapshot(tx =>
      readSeries(tx, query, instants, kept),
    );
    const past = Math.floor((settled - first) / step) + 1;
    const known = tallies.slice(0, Math.max(0, Math.min(past, count - 1)));
    if (known.length > kept.length) this.#series.set(id, known);
    return tallies;
  }

  /** In one snapshot: what is folded meanwhile must be counted neither twice nor not at all. */
  #snapshot<T>(read: (tx: Knex.Transaction) => Promise<T>): Promise<T> {
    return this.#knex.transaction(
      read,
      isPostgres(this.#knex)
        ? { isolationLevel: 'repeatable read', readOnly: true }
        : undefined,
    );
  }
}

/** @param kept - the first ones of the series */
async function readSeries(
  tx: Knex.Transaction,
  { key, ...query }: SeriesQuery,
  instants: Instants,
  kept: readonly Tally[],
): Promise<readonly Tally[]> {
  const { shape, scorecard, dimension } = query;
  const tallies = [...kept];
  if (tallies.length === 0) {
    const asOf = new Date(instantAt(instants, 0));
    const { rows } = await readRollups(tx, { ...query, keys: [key], asOf });
    tallies.push(rows.get(key) ?? Tally.create(shape));
  }
  const layouts = await readLayouts(tx, scorecard);
  const changes = await changesByInstant(
    tx,
    [...layouts.keys()],
    { dimension, key },
    instants,
    tallies.length - 1,
  );
  for (let at = tallies.length; at < instants.count; at += 1) {
    const next = Tally.create(shape);
    next.add(tallies[at - 1]);
    for (const group of changes) {
      if (group.where !== at) continue;
      const change = Tally.create(layouts.get(group.layoutId)!);
      change.count(group, group.sign);
      next.add(change.in(shape));
    }
    tallies.push(next);
  }
  return tallies;
}

async function readRollups(
  tx: Knex.Transaction,
  query: RollupQuery,
): Promise<Rollups> {
  const known = await readLayouts(tx, query.scorecard);
  if (known.size === 0) return { rows: new Map() };
  // Most often it is the shape in which everything is stored, and nothing has to be moved.
  const layouts: Layouts = new Map(
    [...known].map(([id, shape]) => [
      id,
      isSameShape(shape, query.shape) ? query.shape : shape,
    ]),
  );
  const base = query.asOf
    ? await baseAt(tx, query.asOf.getTime())
    : await baseNow(tx);
  const range = { ...base.pending, layoutIds: [...layouts.keys()] };
  const changes = await changesByKey(tx, range, query);
  const stored: string[] = await folded(tx, query, layouts, base)
    .distinct('key')
    .pluck('key');
  const { keys, after } = pageOf(
    [...stored, ...changes.map(({ where }) => where)],
    query.page ?? { limit: Infinity },
  );
  const tallies = new Map(keys.map(key => [key, Tally.create(query.shape)]));
  const selected = query.page ? { ...query, keys } : query;
  for (const { layout_id, key, counts } of await folded(
    tx,
    selected,
    layouts,
    base,
  ).select('layout_id', 'key', 'counts')) {
    const tally = Tally.create(layouts.get(layout_id)!, counts);
    tallies.get(key)!.add(tally.in(query.shape));
  }
  for (const group of changes) {
    const tally = Tally.create(layouts.get(group.layoutId)!);
    tally.count(group, (group.sign * base.sign) as 1 | -1);
    tallies.get(group.where)?.add(tally.in(query.shape));
  }
  return {
    rows: new Map([...tallies].filter(([, { entities }]) => entities > 0)),
    ...(after !== undefined && { after }),
  };
}

/** The keys of a page in their order: it is that of this language, as databases differ in theirs. */
export function pageOf(
  keys: Iterable<string>,
  { after, limit }: RollupPage,
): { keys: string[]; after?: string } {
  const following = [...new Set(keys)]
    .filter(key => after === undefined || key > after)
    .sort((a, b) => (a < b ? -1 : 1));
  const page = following.slice(0, limit);
  return following.length > limit
    ? { keys: page, after: page.at(-1) }
    : { keys: page };
}

async function baseNow(tx: Knex.Transaction): Promise<Base> {
  const after = await foldedSeq(tx);
  return { pending: { after, to: await lastSeq(tx) }, sign: 1 };
}

/** The nearest place where counts are kept: what lies between is added to them, or taken from them. */
async function baseAt(tx: Knex.Transaction, at: number): Promise<Base> {
  const seq = await lastSeqAt(tx, at);
  const before = await windowAt(tx, at);
  const window = await windowAfter(tx, before);
  const after = window ?? (await foldedSeq(tx));
  if (Math.abs(after - seq) > seq - before) {
    return { window: before, pending: { after: before, to: seq }, sign: 1 };
  }
  const base = window === undefined ? {} : { window };
  return after > seq
    ? { ...base, pending: { after: seq, to: after }, sign: -1 }
    : { ...base, pending: { after, to: seq }, sign: 1 };
}

async function foldedSeq(tx: Knex.Transaction): Promise<number> {
  const { seq } = await tx(ROLLUP_HEAD).where({ id: 1 }).first();
  return Number(seq);
}

async function lastSeq(tx: Knex.Transaction): Promise<number> {
  const { seq } = await tx(RESULT_HEAD).where({ id: 1 }).first('seq');
  return Number(seq);
}

function folded(
  tx: Knex.Transaction,
  { dimension, keys }: RollupQuery,
  layouts: Layouts,
  { window }: Base,
): Knex.QueryBuilder {
  const query = tx(ROLLUPS)
    .whereIn('layout_id', [...layouts.keys()])
    .where({ dimension });
  if (keys) query.whereIn('key', keys);
  if (window === undefined) {
    query.whereNull('to_seq');
  } else {
    query
      .where('from_seq', '<=', window)
      .where(inner => inner.whereNull('to_seq').orWhere('to_seq', '>', window));
  }
  return query;
}
