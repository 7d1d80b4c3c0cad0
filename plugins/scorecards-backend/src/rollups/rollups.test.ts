import { mockServices, TestDatabaseId } from '@backstage/backend-test-utils';
import {
  CHECK_RESULTS,
  packResults,
  unpackResults,
} from '@waymark/scorecards-common';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import fc from 'fast-check';
import { migrated } from '../__testUtils__/migrated';
import {
  Dimension,
  keysOf,
  numberPlacements,
  Placed,
} from '../entities/placements';
import {
  LAYOUTS,
  ResultDbRow,
  RESULT_HEAD,
  RESULTS,
  SCORECARDS,
} from '../results/tables';
import { recordResults, RecordedResult } from './__testUtils__/recordResults';
import { foldChanges } from './foldChanges';
import { RollupFolder } from './RollupFolder';
import { RollupStore } from './RollupStore';
import { ROLLUP_HEAD, ROLLUP_WINDOWS, ROLLUPS } from './tables';
import { RollupShape } from './Tally';

jest.setTimeout(240_000);

const databases = testDatabases();

const START = Date.parse('2026-03-01T12:00:00Z');
const CHECKOUT = 'group:default/checkout';
const PAYMENTS = 'group:default/payments';
const SEARCH = 'group:default/search';

/** Where the entities of the tests may stand. */
const PLACES: Placed[] = [
  { ownerPath: [CHECKOUT, PAYMENTS], system: 'system:default/orders' },
  { ownerPath: [SEARCH, PAYMENTS], type: 'service' },
  { ownerPath: [PAYMENTS], domain: 'domain:default/retail', type: 'service' },
  { ownerPath: [] },
];
const OLD: RollupShape = { levels: ['bronze', 'gold'], checks: ['a', 'b'] };
const NEW: RollupShape = {
  levels: ['bronze', 'silver', 'gold'],
  checks: ['c', 'b'],
};
const OTHER: RollupShape = { levels: ['only'], checks: ['a'] };
/** By scorecard; the first one gets another definition. */
const SHAPES = { quality: [OLD, NEW], other: [OTHER] };
const DIMENSIONS: Dimension[] = ['all', 'owner', 'system', 'domain', 'type'];

async function create(id: TestDatabaseId) {
  const knex = await migrated(databases, id);
  const layouts: { id: number; scorecardId: number; shape: RollupShape }[] = [];
  for (const [name, shapes] of Object.entries(SHAPES)) {
    await knex(SCORECARDS).insert({ name });
    const { id: scorecardId } = await knex(SCORECARDS).where({ name }).first();
    for (const shape of shapes) {
      const hash = JSON.stringify(shape);
      await knex(LAYOUTS).insert({
        scorecard_id: scorecardId,
        levels: JSON.stringify(shape.levels),
        checks: JSON.stringify(shape.checks),
        hash,
      });
      const layout = await knex(LAYOUTS).where({ hash }).first();
      layouts.push({ id: layout.id, scorecardId, shape });
    }
  }
  const placements = await knex.transaction(tx => numberPlacements(tx, PLACES));
  const folder = (limits: { step?: number; window?: number } = {}) =>
    RollupFolder.create({
      knex,
      logger: mockServices.logger.mock(),
      limits,
    });
  const clear = async () => {
    await knex(RESULTS).delete();
    await knex(ROLLUPS).delete();
    await knex(ROLLUP_WINDOWS).where('seq', '>', 0).delete();
    await knex(ROLLUP_HEAD).update({ seq: 0, window: 0 });
    await knex(RESULT_HEAD).update({ seq: 0, recorded_at: 0 });
  };
  return { knex, layouts, placements, folder, clear };
}

type World = Awaited<ReturnType<typeof create>>;

/** All results that there were, by name of the scorecard. */
async function recorded({
  knex,
}: World): Promise<(ResultDbRow & { scorecard: string })[]> {
  return knex({ result: RESULTS })
    .join({ scorecard: SCORECARDS }, 'scorecard.id', 'result.scorecard_id')
    .select('result.*', { scorecard: 'scorecard.name' });
}

/** What every roll-up would be, by counting one result after the other. */
function recount(
  { layouts, placements }: World,
  all: Awaited<ReturnType<typeof recorded>>,
  scorecard: keyof typeof SHAPES,
  shape: RollupShape,
  dimension: Dimension,
  at: number,
): Record<string, Record<string, number>> {
  const rows = all.filter(row => row.scorecard === scorecard);
  const counts: Record<string, Record<string, number>> = {};
  const inForce = rows.filter(
    row =>
      Number(row.valid_from) <= at &&
      (row.valid_to === null || Number(row.valid_to) > at),
  );
  for (const row of inForce) {
    const own = layouts.find(layout => layout.id === row.layout_id)!.shape;
    const place = PLACES[placements.indexOf(row.placement_id)];
    for (const [dimensionOfKey, key] of keysOf(place)) {
      if (dimensionOfKey !== dimension) continue;
      const of = (counts[key] ??= {});
      const count = (counted: string, by = 1) => {
        if (by !== 0) of[counted] = (of[counted] ?? 0) + by;
      };
      count('entities');
      const level =
        row.level === null || row.level < 0
          ? -1
          : shape.levels.indexOf(own.levels[row.level]);
      count(row.level === null ? 'unrated' : `level:${level}`);
      if (row.points !== null) count('withPoints');
      count('points', row.points ?? 0);
      if (row.confidence !== null) count('withConfidence');
      count('confidence', row.confidence ?? 0);
      unpackResults(row.results!).forEach(({ state }, index) => {
        const check = shape.checks.indexOf(own.checks[index]);
        if (check >= 0) count(`check:${check}:${state}`);
      });
    }
  }
  return counts;
}

interface Change {
  entity: number;
  layout: number;
  place: number;
  results: string[];
  ends: boolean;
  level: number;
  share: number | null;
}

const change: fc.Arbitrary<Change> = fc.record({
  entity: fc.integer({ min: 1, max: 5 }),
  layout: fc.integer({ min: 0, max: 2 }),
  place: fc.integer({ min: 0, max: PLACES.length - 1 }),
  results: fc.array(
    fc.constantFrom(...CHECK_RESULTS).map(result => packResults([result])),
    { minLength: 2, maxLength: 2 },
  ),
  ends: fc.boolean(),
  level: fc.integer({ min: -2, max: 2 }),
  share: fc.option(fc.integer({ min: 0, max: 10_000 })),
});
const step = fc.oneof(
  fc.array(change, { minLength: 1, maxLength: 4 }),
  fc.constantFrom('fold' as const, 'later' as const),
);

function toRecord(
  { layouts, placements }: World,
  living: Map<string, RecordedResult>,
  changes: readonly Change[],
): RecordedResult[] {
  const results = new Map<string, RecordedResult>();
  for (const { entity, layout, place, ends, level, ...rest } of changes) {
    const { id: layoutId, scorecardId, shape } = layouts[layout];
    const key = `${entity} ${scorecardId}`;
    const before = living.get(key);
    if (results.has(key) || (ends && !before)) continue;
    results.set(
      key,
      ends
        ? {
            ...before!,
            results: null,
            level: null,
            points: null,
            confidence: null,
          }
        : {
            entityId: entity,
            scorecardId,
            layoutId,
            placementId: placements[place],
            results: rest.results.slice(0, shape.checks.length).join(''),
            level: level < -1 ? null : Math.min(level, shape.levels.length - 1),
            points: rest.share,
            confidence: rest.share === null ? null : 10_000 - rest.share,
          },
    );
  }
  for (const [key, result] of results) {
    if (result.results === null) living.delete(key);
    else living.set(key, result);
  }
  return [...results.values()];
}

describe.each(databases.eachSupportedId())('roll-ups on %s', id => {
  it('are at every instant what counting everything anew gives, however much of it was folded', async () => {
    const world = await create(id);
    const { knex } = world;
    const store = RollupStore.of(knex);
    const read = async (
      scorecard: keyof typeof SHAPES,
      shape: RollupShape,
      dimension: Dimension,
      at?: number,
    ) => {
      const query = {
        ...{ scorecard, shape, dimension },
        ...(at !== undefined && { asOf: new Date(at) }),
      };
      const { rows } = await store.read(query);
      const paged: string[] = [];
      let after: string | undefined;
      do {
        const page = { limit: 2, after };
        const { rows: some, after: next } = await store.read({
          ...query,
          page,
        });
        expect(some.size).toBeLessThanOrEqual(2);
        for (const [key, tally] of some) {
          paged.push(key);
          expect(tally.toText()).toBe(rows.get(key)!.toText());
        }
        after = next;
      } while (after !== undefined);
      expect(paged).toEqual([...rows.keys()]);
      return Object.fromEntries(
        [...rows].map(([key, tally]) => [key, tally.toCounts()]),
      );
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 24 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 6 }),
        async (steps, foldStep, window) => {
          await world.clear();
          const folder = world.folder({ step: foldStep, window });
          const living = new Map<string, RecordedResult>();
          let now = START;
          for (const what of steps) {
            if (what === 'later') now += 1_000;
            else if (what === 'fold') await folder.runOnce();
            else {
              await recordResults(
                knex,
                toRecord(world, living, what),
                new Date(now),
              );
            }
          }
          const all = await recorded(world);
          const views = [
            ['quality', OLD],
            ['quality', NEW],
            ['other', OTHER],
          ] as const;
          for (const [scorecard, shape] of views) {
            for (const dimension of DIMENSIONS) {
              const anew = (at: number) =>
                recount(world, all, scorecard, shape, dimension, at);
              expect(await read(scorecard, shape, dimension)).toEqual(
                anew(now),
              );
              for (let at = START - 1_000; at <= now; at += 1_000) {
                expect(await read(scorecard, shape, dimension, at)).toEqual(
                  anew(at),
                );
              }
            }
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  /** Entities of which the first check says the same, all at one place. */
  const passing = (
    { layouts, placements }: World,
    entities: readonly number[],
    place: number,
  ): RecordedResult[] =>
    entities.map(entityId => ({
      entityId,
      scorecardId: layouts[0].scorecardId,
      layoutId: layouts[0].id,
      placementId: placements[place],
      results: '00',
      level: 1,
      points: 10_000,
      confidence: 10_000,
    }));
  const at = (seconds: number) => new Date(START + seconds * 1_000);

  it('show the team of then, of an entity that moves, and only the keys that are asked for', async () => {
    const world = await create(id);
    const { knex } = world;
    const store = RollupStore.of(knex);
    const teams = async (asOf?: Date, keys?: string[]) => {
      const query = { scorecard: 'quality', shape: OLD, keys, asOf };
      const found = await store.read({ ...query, dimension: 'owner' });
      return [...found.rows].map(([key, { entities }]) => [key, entities]);
    };
    await recordResults(knex, passing(world, [1, 2], 0), at(0));
    await world.folder().runOnce();
    await recordResults(knex, passing(world, [2], 1), at(60));
    const before = [
      [CHECKOUT, 2],
      [PAYMENTS, 2],
    ];
    const after = [
      [CHECKOUT, 1],
      [PAYMENTS, 2],
      [SEARCH, 1],
    ];
    for (const folds of [0, 1]) {
      if (folds > 0) await world.folder().runOnce();
      expect(await teams(at(59.999))).toEqual(before);
      expect(await teams(at(60))).toEqual(after);
      expect(await teams()).toEqual(after);
      expect(await teams(undefined, [SEARCH, 'group:default/none'])).toEqual([
        [SEARCH, 1],
      ]);
      expect(await teams(at(-1))).toEqual([]);
    }
    expect(
      (await store.read({ scorecard: 'none', shape: OLD, dimension: 'all' }))
        .rows.size,
    ).toBe(0);
  });

  it('write nothing where nothing has changed, and nothing of a step that was cut short', async () => {
    const world = await create(id);
    const { knex } = world;
    await recordResults(knex, passing(world, [1, 2, 3], 0), at(0));
    const cut = knex.transaction(async tx => {
      expect(await foldChanges(tx, { step: 10, window: 10 })).toBe(3);
      throw new Error('cut short');
    });
    await expect(cut).rejects.toThrow('cut short');
    expect(await knex(ROLLUPS)).toEqual([]);
    const folder = world.folder();
    expect(await folder.runOnce()).toBe(3);
    expect(await folder.runOnce()).toBe(0);
    const rows = await knex(ROLLUPS).orderBy('id');
    expect(rows).toHaveLength(4);
    await recordResults(knex, passing(world, [1], 0), at(1));
    expect(await folder.runOnce()).toBe(1);
    expect(await knex(ROLLUPS).orderBy('id')).toEqual(rows);
  });

  it('count everybody once in every read while results are written and two replicas fold', async () => {
    const world = await create(id);
    const { knex } = world;
    const store = RollupStore.of(knex);
    const entities = Array.from({ length: 20 }, (_, index) => index + 1);
    await recordResults(knex, passing(world, entities, 0), at(0));
    let isWriting = true;
    const write = async () => {
      for (let turn = 1; turn <= 40; turn += 1) {
        const some = entities.filter(entity => entity % 3 === turn % 3);
        await recordResults(knex, passing(world, some, turn % 2), at(turn));
      }
      isWriting = false;
    };
    const fold = async () => {
      const folder = world.folder({ step: 5, window: 30 });
      while (isWriting) await folder.runOnce();
    };
    const totals = new Set<number>();
    const query = { scorecard: 'quality', shape: OLD } as const;
    const look = async () => {
      while (isWriting) {
        const { rows: found } = await store.read({
          ...query,
          dimension: 'owner',
          keys: [CHECKOUT, SEARCH],
        });
        totals.add(
          [...found.values()].reduce((sum, each) => sum + each.entities, 0),
        );
      }
    };
    await Promise.all([write(), fold(), fold(), look()]);
    expect([...totals]).toEqual([20]);
    const all = await recorded(world);
    for (const dimension of DIMENSIONS) {
      const { rows } = await store.read({ ...query, dimension });
      expect(
        Object.fromEntries(
          [...rows].map(([key, tally]) => [key, tally.toCounts()]),
        ),
      ).toEqual(recount(world, all, 'quality', OLD, dimension, +at(40)));
    }
  });
});
