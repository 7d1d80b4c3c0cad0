import { levelPosition } from '@waymark/scorecards-common';
import { Knex } from 'knex';
import { isAmong, numbers } from '../database/lists';
import { ResultDbRow, RESULTS, SCORECARDS } from '../results/tables';
import { RollupShape } from '../rollups';
import { lastSeqAt } from '../rollups/lastSeqAt';
import { readLayouts } from '../rollups/layouts';
import { Stop, Walk, walk } from './walk';

type Row = Pick<
  ResultDbRow,
  | 'seq'
  | 'entity_id'
  | 'layout_id'
  | 'placement_id'
  | 'level'
  | 'points'
  | 'cause'
  | 'previous'
> & { applies: boolean | number };

/** Which ways are meant. */
export interface WalksQuery {
  since: Date;
  /** The present when absent. */
  until?: Date;
  /** By their numbers; all when absent. */
  entityIds?: readonly number[];
}

/** Where an entity was, and what was said of it since then. */
export interface Way {
  readonly from: Stop;
  readonly steps: readonly Stop[];
}

/** Ways by the number of the entity; null of an entity that was not there at the beginning. */
export type Ways = ReadonlyMap<number, Way | null>;

/**
 * The ways of entities of which a scorecard has said anything new since an instant.
 *
 * @param shape - in whose levels it is told
 */
export async function readWalks(
  knex: Knex,
  scorecard: string,
  shape: RollupShape,
  which: WalksQuery,
): Promise<Walk[]> {
  const meant = await isMeant(knex, which);
  const ways = await readWays(knex, scorecard, shape, meant);
  return [...ways.values()].flatMap(way =>
    way ? [walk(way.from, way.steps)] : [],
  );
}

/**
 * Goes on with ways that are known.
 *
 * @param meant - results that follow all of those that are known
 * @returns those only that go on
 */
export async function readWays(
  knex: Knex,
  scorecard: string,
  shape: RollupShape,
  meant: Knex.QueryCallback,
  known: Ways = new Map(),
): Promise<Ways> {
  const layouts = await readLayouts(knex, scorecard);
  const toStop = (row: Row): Stop => ({
    seq: Number(row.seq),
    entityId: row.entity_id,
    placementId: row.placement_id,
    level: levelIn(shape, layouts.get(row.layout_id)!, row.level),
    points: row.points,
    cause: row.cause,
    applies: Boolean(row.applies),
  });
  const select = (query: Knex.QueryBuilder): Promise<Row[]> =>
    query.select(
      'seq',
      'entity_id',
      'layout_id',
      'placement_id',
      'level',
      'points',
      'cause',
      'previous',
      knex.raw('results is not null as applies'),
    );

  const rows = await select(
    knex(RESULTS)
      .whereIn(
        'scorecard_id',
        knex(SCORECARDS).where({ name: scorecard }).select('id'),
      )
      .where(meant)
      .orderBy('seq'),
  );
  const steps = new Map<number, { previous: number; own: Stop[] }>();
  for (const row of rows) {
    const found = steps.get(row.entity_id);
    if (found) {
      found.own.push(toStop(row));
    } else {
      const previous = Number(row.previous ?? 0);
      steps.set(row.entity_id, { previous, own: [toStop(row)] });
    }
  }
  const begins = [...steps]
    .filter(([entityId]) => !known.has(entityId))
    .map(([, { previous }]) => previous)
    .filter(seq => seq > 0);
  const before = await select(
    knex(RESULTS).whereRaw('seq in (?)', [numbers(knex, begins)]),
  );
  const begun = new Map(before.map(row => [row.entity_id, toStop(row)]));
  return new Map(
    [...steps].map(([entityId, { own }]) => {
      const way = known.get(entityId);
      if (way) return [entityId, { ...way, steps: [...way.steps, ...own] }];
      const from = way === undefined ? begun.get(entityId) : undefined;
      return [entityId, from ? { from, steps: own } : null];
    }),
  );
}

async function isMeant(
  knex: Knex,
  { since, until, entityIds }: WalksQuery,
): Promise<Knex.QueryCallback> {
  const at = since.getTime();
  const ofFew = entityIds && isAmong(knex, 'entity_id', entityIds);
  // Few entities are found by their index, and all of them by their place in the feed.
  const start = ofFew ? 0 : await lastSeqAt(knex, at);
  return query => {
    if (ofFew) query.where('valid_from', '>', at).whereRaw(ofFew);
    else query.where('seq', '>', start);
    if (until) query.where('valid_from', '<=', until.getTime());
  };
}

/** Where a level stands today. */
function levelIn(
  shape: RollupShape,
  { levels }: RollupShape,
  level: number | null,
): number | null {
  return level === null || level < 0
    ? level
    : levelPosition(shape.levels, { level: levels[level], rank: level });
}
