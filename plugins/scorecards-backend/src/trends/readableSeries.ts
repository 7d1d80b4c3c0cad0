import { Knex } from 'knex';
import { Big } from '../database/intervals';
import { isAmong } from '../database/lists';
import { Dimension, keysOf } from '../entities/placements';
import { INTERVALS, IntervalRow } from '../entities/tables';
import { EntityReader } from '../reads/ReadableEntities';
import { ResultDbRow, RESULTS, SCORECARDS } from '../results/tables';
import { instantAt, Instants, RollupShape } from '../rollups';
import { readLayouts } from '../rollups/layouts';
import { groupOfOne, Tally } from '../rollups/Tally';

const CHUNK = 500;

type Described = Pick<
  IntervalRow,
  | 'entity_id'
  | 'owner_path'
  | 'type'
  | 'system'
  | 'domain'
  | 'entity'
  | 'valid_from'
  | 'valid_to'
>;
type Said = Pick<
  ResultDbRow,
  | 'entity_id'
  | 'layout_id'
  | 'level'
  | 'points'
  | 'confidence'
  | 'valid_from'
  | 'valid_to'
>;

const isOf = (dimension: Dimension, key: string) => (row: Described) =>
  keysOf({
    ownerPath: JSON.parse(row.owner_path),
    type: row.type ?? undefined,
    system: row.system ?? undefined,
    domain: row.domain ?? undefined,
  }).some(([one, other]) => one === dimension && other === key);

/**
 * One roll-up at many instants for somebody who may not read all entities: counted one by one, each as it was described
 * at the instant.
 *
 * @param readable - of the past
 */
export async function readableSeries(
  knex: Knex,
  query: {
    scorecard: string;
    shape: RollupShape;
    dimension: Dimension;
    key: string;
  },
  instants: Instants,
  readable: EntityReader,
): Promise<Tally[]> {
  const { scorecard, shape, dimension, key } = query;
  const tallies = Array.from({ length: instants.count }, () =>
    Tally.create(shape),
  );
  const layouts = await readLayouts(knex, scorecard);
  for await (const ids of entitiesOf(knex, scorecard)) {
    const described = await readable.only(
      await within<Described>(knex, INTERVALS, ids, instants),
      ({ entity_id: id, entity }) => ({ id, entity: JSON.parse(entity) }),
    );
    const counts = new Map<number, boolean[]>();
    for (const row of described.filter(isOf(dimension, key))) {
      const own = counts.get(row.entity_id) ?? [];
      counts.set(row.entity_id, own);
      for (const position of positions(row, instants)) own[position] = true;
    }
    const said = await within<Said>(knex, RESULTS, ids, instants, scorecard);
    for (const row of said) {
      const own = counts.get(row.entity_id);
      if (!own) continue;
      const one = Tally.create(layouts.get(row.layout_id)!);
      one.count(groupOfOne({ ...row, results: '' }), 1);
      const shown = one.in(shape);
      for (const position of positions(row, instants)) {
        if (own[position]) tallies[position].add(shown);
      }
    }
  }
  return tallies;
}

/** The instants that are in an interval. */
function* positions(
  interval: { valid_from: Big; valid_to: Big | null },
  { first, step, count, end }: Instants,
): Generator<number> {
  const from = Math.ceil((Number(interval.valid_from) - first) / step);
  const until =
    interval.valid_to === null || Number(interval.valid_to) > end
      ? count
      : Math.ceil((Number(interval.valid_to) - first) / step);
  for (
    let position = Math.max(from, 0);
    position < Math.min(until, count);
    position += 1
  ) {
    yield position;
  }
}

const resultsOf = (knex: Knex, scorecard: string) =>
  knex(RESULTS).whereIn(
    'scorecard_id',
    knex(SCORECARDS).where({ name: scorecard }).select('id'),
  );

/** Every entity of which the scorecard has ever said anything, some at a time. */
async function* entitiesOf(
  knex: Knex,
  scorecard: string,
): AsyncGenerator<number[]> {
  let after = 0;
  for (;;) {
    const ids: number[] = await resultsOf(knex, scorecard)
      .where('entity_id', '>', after)
      .distinct('entity_id')
      .orderBy('entity_id')
      .limit(CHUNK)
      .pluck('entity_id');
    if (ids.length > 0) yield ids;
    if (ids.length < CHUNK) return;
    after = ids.at(-1)!;
  }
}

/** What was in force at any of the instants. */
async function within<Row>(
  knex: Knex,
  table: typeof INTERVALS | typeof RESULTS,
  ids: readonly number[],
  instants: Instants,
  scorecard?: string,
): Promise<Row[]> {
  const query =
    scorecard === undefined
      ? knex(table)
      : resultsOf(knex, scorecard).whereNotNull('results');
  return query
    .where(isAmong(knex, 'entity_id', ids) as never)
    .where('valid_from', '<=', instants.end)
    .where(inner =>
      inner
        .whereNull('valid_to')
        .orWhere('valid_to', '>', instantAt(instants, 0)),
    )
    .select('*') as unknown as Promise<Row[]>;
}
