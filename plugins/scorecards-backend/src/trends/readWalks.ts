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

  const ways = new Map<number, { previous: number; steps: Stop[] }>();
  const rows = await select(
    knex(RESULTS)
      .whereIn(
        'scorecard_id',
        knex(SCORECARDS).where({ name: scorecard }).select('id'),
      )
      .where(await isMeant(knex, which))
      .orderBy('seq'),
  );
  for (const row of rows) {
    const way = ways.get(row.entity_id);
    if (way) {
      way.steps.push(toStop(row));
    } else {
      ways.set(row.entity_id, {
        previous: Number(row.previous ?? 0),
        steps: [toStop(row)],
      });
    }
  }
  const begins = [...ways.values()].map(({ previous }) => previous);
  const before = await select(
    knex(RESULTS)
      .whereRaw('seq in (?)', [
        numbers(
          knex,
          begins.filter(seq => seq > 0),
        ),
      ])
      .orderBy('entity_id'),
  );
  return before.map(row => walk(toStop(row), ways.get(row.entity_id)!.steps));
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
