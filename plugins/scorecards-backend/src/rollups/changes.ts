import { Knex } from 'knex';
import { isPostgres } from '../database/lists';
import { PLACEMENT_KEYS } from '../entities/placements';
import { RESULTS } from '../results/tables';
import { lastSeqAt } from './lastSeqAt';
import type { ResultGroup } from './Tally';

/** A part of the feed of results. */
export interface FeedRange {
  /** Last place before it. */
  after: number;
  /** Last place of it. */
  to: number;
  /** Only results of these shapes. */
  layoutIds?: readonly number[];
}

/** Results that are counted from now on, or no more. */
export interface ChangedGroup<Where> extends ResultGroup {
  layoutId: number;
  where: Where;
  sign: 1 | -1;
}

interface Row {
  layout_id: number;
  placement_id: number;
  sign: 1 | -1;
  level: number | null;
  entities: number | string;
  with_points: number | string;
  points: number | string | null;
  with_confidence: number | string;
  confidence: number | string | null;
  results: string;
}

/** What a part of the feed adds, and what it replaces. */
function changed(knex: Knex, range: FeedRange): Knex.QueryBuilder {
  const { after, to, layoutIds } = range;
  const side = (alias: 'began' | 'ended', sign: 1 | -1) => {
    const query = knex({ began: RESULTS })
      .where('began.seq', '>', after)
      .where('began.seq', '<=', to)
      .whereNotNull(`${alias}.results`)
      .select(
        ...['layout_id', 'placement_id', 'level', 'points', 'confidence'].map(
          column => `${alias}.${column}`,
        ),
        `${alias}.results`,
        'began.valid_from',
        knex.raw(`${sign} as sign`),
      );
    if (layoutIds) query.whereIn(`${alias}.layout_id`, layoutIds);
    return query;
  };
  return side('began', 1).unionAll(
    side('ended', -1)
      // Said, so that the database knows how few there are where nearly everything is new.
      .whereNotNull('began.previous')
      .join({ ended: RESULTS }, 'ended.seq', 'began.previous'),
  );
}

/** Sums of what a part of the feed changes. */
function summed(knex: Knex, range: FeedRange): Knex.QueryBuilder {
  return knex
    .from(changed(knex, range).as('changed'))
    .groupBy('layout_id', 'sign', 'level')
    .select(
      'layout_id',
      'sign',
      'level',
      knex.raw('count(*) as entities'),
      knex.raw('count(points) as with_points'),
      knex.raw('sum(points) as points'),
      knex.raw('count(confidence) as with_confidence'),
      knex.raw('sum(confidence) as confidence'),
    );
}

function grouped(knex: Knex, range: FeedRange): Knex.QueryBuilder {
  const packed = isPostgres(knex) ? 'string_agg' : 'group_concat';
  return summed(knex, range)
    .groupBy('placement_id')
    .select('placement_id', knex.raw(`${packed}(results, '') as results`));
}

const toGroup = <Where>(
  row: Omit<Row, 'placement_id'>,
  where: Where,
): ChangedGroup<Where> => ({
  layoutId: row.layout_id,
  where,
  sign: row.sign,
  level: row.level,
  entities: Number(row.entities),
  withPoints: Number(row.with_points),
  points: Number(row.points),
  withConfidence: Number(row.with_confidence),
  confidence: Number(row.confidence),
  results: row.results,
});

/** What a part of the feed changes, by number of the placement. */
export async function changesByPlacement(
  knex: Knex,
  range: FeedRange,
): Promise<ChangedGroup<number>[]> {
  const rows: Row[] = await grouped(knex, range);
  return rows.map(row => toGroup(row, row.placement_id));
}

/** What a part of the feed changes, by the keys of one dimension; several groups of one key, as they stand apart. */
export async function changesByKey(
  knex: Knex,
  range: FeedRange,
  { dimension, keys }: { dimension: string; keys?: readonly string[] },
): Promise<ChangedGroup<string>[]> {
  // Brought to the keys after they are grouped: a result is in the roll-ups of every group of its owner path.
  const query = knex
    .from(grouped(knex, range).as('sums'))
    .join(
      { placed: PLACEMENT_KEYS },
      'placed.placement_id',
      'sums.placement_id',
    )
    .where('placed.dimension', dimension)
    .select('sums.*', 'placed.key');
  if (keys) query.whereIn('placed.key', keys);
  const rows: (Row & { key: string })[] = await query;
  return rows.map(row => toGroup(row, row.key));
}

/** Instants at equal distances; only the last one may come sooner. */
export interface Instants {
  /** In ms since 1970, like `step` and `end`. */
  first: number;
  step: number;
  count: number;
  /** The last instant. */
  end: number;
}

/** One of the instants, in ms since 1970. */
export const instantAt = (
  { first, step, count, end }: Instants,
  position: number,
): number => (position < count - 1 ? first + position * step : end);

/**
 * What changes in one roll-up from each instant to the next one, by the position of the instant at which it has happened.
 * Without the states of the checks, which would be the most of it.
 *
 * @param after - position of the instant after which changes are read
 */
export async function changesByInstant(
  knex: Knex,
  layoutIds: readonly number[],
  { dimension, key }: { dimension: string; key: string },
  instants: Instants,
  after: number,
): Promise<ChangedGroup<number>[]> {
  const { first, step, end } = instants;
  const query = summed(knex, {
    after: await lastSeqAt(knex, instantAt(instants, after)),
    to: await lastSeqAt(knex, end),
    layoutIds,
  });
  if (dimension !== 'all') {
    query.whereIn(
      'placement_id',
      knex(PLACEMENT_KEYS).where({ dimension, key }).select('placement_id'),
    );
  }
  // Literals, since SQLite would divide bound numbers as fractions.
  const position = knex.raw(`(valid_from - ${first - step + 1}) / ${step}`);
  const rows: (Row & { position: number | string })[] = await query
    .groupByRaw(position)
    .select({ position });
  return rows.map(row =>
    toGroup({ ...row, results: '' }, Number(row.position)),
  );
}
