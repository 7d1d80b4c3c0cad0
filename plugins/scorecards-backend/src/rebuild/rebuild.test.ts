import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { ProjectionReport, projections } from '.';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { createWorld, WRITTEN_BY_TESTS } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import { LocalEvaluator } from '../results/evaluation/Evaluator';
import { RollupFolder } from '../rollups';
import { rebuildPlugin, RebuildPluginOptions } from './rebuildPlugin';

jest.setTimeout(300_000);

const databases = testDatabases();
const NAMES = ['api', 'web', 'job'];
const RULES = [
  'facts.git.readme',
  'facts.git.tests > 2',
  'facts.git.tests > 4',
];
const SOURCE = aFactSource('git', { ...WRITTEN_BY_TESTS, staleAfter: 'PT30H' });
const refOf = (name: string) => `component:default/${name}`;

const name = fc.constantFrom(...NAMES);
const step = fc.oneof(
  fc.record({
    do: fc.constant('say' as const),
    name,
    readme: fc.boolean(),
    tests: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({
    do: fc.constant('advance' as const),
    by: fc.constantFrom('PT1S', 'PT6H', 'P1D', 'P8D'),
  }),
  fc.record({
    do: fc.constant('describe' as const),
    name,
    type: fc.constantFrom('service', 'library'),
    owner: fc.constantFrom('group:default/checkout', 'group:default/ledger'),
  }),
  fc.record({
    do: fc.constant('define' as const),
    rules: fc.subarray(RULES, { minLength: 1 }),
  }),
  fc.record({ do: fc.constant('breakDown' as const) }),
  fc.record({ do: fc.constant('repair' as const) }),
  fc.record({ do: fc.constant('evaluate' as const) }),
  fc.record({ do: fc.constant('fold' as const) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** All that is derived, as it is stored. */
const TABLES = {
  entity_owners: ['entity_id', 'depth'],
  placement_keys: ['placement_id', 'dimension', 'key'],
  results: ['seq'],
  due: ['entity_id'],
  dirty: ['entity_id'],
  rollups: ['id'],
  rollup_windows: ['seq'],
  rollup_head: ['id'],
};

async function stored(knex: Knex): Promise<Record<string, unknown[]>> {
  const tables: Record<string, unknown[]> = {};
  for (const [table, order] of Object.entries(TABLES)) {
    tables[table] = await knex(table).orderBy(order);
  }
  return tables;
}

/** What is in force, without the places in the feed at which it began. */
async function derived(knex: Knex): Promise<unknown[]> {
  return [
    await knex('entity_owners').orderBy(['entity_id', 'depth']),
    await knex('placement_keys').orderBy(['placement_id', 'dimension', 'key']),
    await knex('results')
      .whereNull('valid_to')
      .orderBy(['entity_id', 'scorecard_id'])
      .select(
        ...['entity_id', 'scorecard_id', 'layout_id', 'placement_id'],
        ...['results', 'level', 'points', 'confidence'],
      ),
    await knex('due').orderBy('entity_id'),
    await knex('rollups')
      .whereNull('to_seq')
      .orderBy(['layout_id', 'dimension', 'key'])
      .select('layout_id', 'dimension', 'key', 'counts'),
  ];
}

describe.each(databases.eachSupportedId())('a rebuild on %s', id => {
  async function create() {
    const world = await createWorld(databases, id);
    const { knex, clock, definitions } = world;
    const logger = mockServices.logger.mock();
    const folder = RollupFolder.create({
      knex,
      logger,
      limits: { step: 3, window: 4 },
    });
    const all = projections({
      ...{ knex, clock, logger, definitions },
      evaluator: LocalEvaluator.create(),
    });
    await world.define(SOURCE, aScorecard('basics', RULES));
    await world.see(...NAMES.map(called => aSnapshot(called)));
    const act = async (some: Step): Promise<void> => {
      switch (some.do) {
        case 'say': {
          const { readme, tests } = some;
          return world.say(refOf(some.name), 'git', { readme, tests });
        }
        case 'advance':
          clock.advance(some.by);
          return undefined;
        case 'describe': {
          const { type, owner } = some;
          const ownerPath = [owner, 'group:default/all'];
          return world.see(aSnapshot(some.name, { type, owner, ownerPath }));
        }
        case 'define':
          return world.define(SOURCE, aScorecard('basics', some.rules));
        case 'breakDown':
          return world.breakDown({ source: 'git' }, 'down');
        case 'repair':
          return world.repair({ source: 'git' });
        case 'evaluate':
          await world.engine.runOnce();
          return undefined;
        default:
          await folder.runOnce();
          return undefined;
      }
    };
    /** How many things differ, by projection. */
    const rebuild = async (isRepairing: boolean) => {
      const reports: [string, number, string[]][] = [];
      for (const projection of all) {
        const { differing, examples, compared } = await projection.rebuild({
          isRepairing,
        });
        expect(compared).toBeGreaterThan(0);
        reports.push([projection.name, differing, examples]);
      }
      return reports;
    };
    const settle = async () => {
      await world.engine.runOnce();
      while ((await folder.runOnce()) > 0);
    };
    return { ...world, act, rebuild, settle };
  }
  const nothing = ['entities', 'results', 'rollups'].map(one => [one, 0, []]);

  it('gives what is there, whatever has happened, and changes nothing then', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 15, maxLength: 40, size: 'max' }),
        async steps => {
          const { knex, act, rebuild, engine } = await create();
          try {
            await engine.runOnce();
            for (const some of steps) await act(some);
            const before = await stored(knex);
            expect(await rebuild(false)).toEqual(nothing);
            expect(await stored(knex)).toEqual(before);
            expect(await rebuild(true)).toEqual(nothing);
            expect(await stored(knex)).toEqual(before);
          } finally {
            await knex.destroy();
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('finds what was damaged, and puts it right', async () => {
    const { knex, act, rebuild, settle, clock, say } = await create();
    for (const called of NAMES) {
      await act({ do: 'say', name: called, readme: true, tests: 3 });
      await settle();
      await act({ do: 'advance', by: 'PT6H' });
    }
    const before = await derived(knex);
    const record = await knex('results').orderBy('seq');
    const headline = await knex('rollups')
      .where({ dimension: 'all' })
      .whereNull('to_seq')
      .first();

    await knex('entity_owners').where({ entity_id: 1, depth: 1 }).delete();
    await knex('placement_keys').where({ dimension: 'type' }).delete();
    await knex('results')
      .where({ entity_id: 2 })
      .whereNull('valid_to')
      .update({ points: 1 });
    await knex('due').where({ entity_id: 3 }).delete();
    await knex('rollups')
      .where({ id: headline.id })
      .update({ counts: headline.counts.replace('3', '4') });
    const damaged = await stored(knex);

    const found = await rebuild(false);
    expect(
      found.map(([projection, differing]) => [projection, differing]),
    ).toEqual([
      ['entities', 2],
      ['results', 2],
      ['rollups', expect.any(Number)],
    ]);
    expect(found[0][2]).toEqual([
      'owners of component:default/api',
      'roll-ups of component:default/api',
    ]);
    expect(found[1][2]).toEqual([
      'results of component:default/web (2)',
      'results of component:default/job (3)',
    ]);
    expect(found[2][2].join()).toContain('all  (layout 1)');
    expect(await stored(knex)).toEqual(damaged);

    expect((await rebuild(true)).map(([, differing]) => differing > 0)).toEqual(
      [true, true, true],
    );
    expect(await rebuild(false)).toEqual(nothing);
    expect(await derived(knex)).toEqual(before);
    // The catalog is asked for everything again, and the feed of results has grown by what was put right.
    expect((await knex('entity_head').first()).cursor).toEqual(
      id === 'SQLITE_3' ? 0 : '0',
    );
    expect(await knex('results').orderBy('seq')).toHaveLength(
      record.length + 1,
    );
    await say(refOf('api'), 'git', { readme: false, tests: 1 });
    clock.advance('PT1S');
    await settle();
    expect(await rebuild(false)).toEqual(nothing);
  });

  it('makes everything again that was lost', async () => {
    const { knex, act, rebuild, settle } = await create();
    for (const called of NAMES) {
      await act({
        do: 'say',
        name: called,
        readme: called !== 'job',
        tests: 5,
      });
    }
    await settle();
    const before = await derived(knex);
    for (const table of ['results', 'due', 'rollups', 'entity_owners']) {
      await knex(table).delete();
    }
    await knex('rollup_windows').where('seq', '>', 0).delete();
    await knex('rollup_head').update({ seq: 0, window: 0 });
    await knex('result_head').update({ seq: 0, recorded_at: 0 });
    expect((await rebuild(true)).map(([, differing]) => differing)).toEqual([
      3, 3, 0,
    ]);
    await settle();
    expect(await derived(knex)).toEqual(before);
    expect(await rebuild(false)).toEqual(nothing);
  });

  it('tells what it cannot put right', async () => {
    const { knex, act, rebuild, settle } = await create();
    await act({ do: 'say', name: 'api', readme: true, tests: 5 });
    await settle();
    await knex('results').where({ entity_id: 1 }).update({ layout_id: 99 });
    await expect(rebuild(true)).rejects.toThrow(
      'Could not put right the results of component:default/api (1)',
    );
  });

  it('is done by a backend that has nothing else in it, of what is asked for', async () => {
    const { knex, clock, act, settle } = await create();
    await act({ do: 'say', name: 'api', readme: true, tests: 5 });
    await settle();
    await knex('entity_owners').delete();
    await knex('rollups').delete();
    const start = async (
      options: Pick<RebuildPluginOptions, 'only' | 'isRepairing'>,
    ) => {
      const reports: ProjectionReport[] = [];
      const backend = await startTestBackend({
        features: [
          rebuildPlugin({
            ...options,
            onReport: report => reports.push(report),
          }),
          clock.factory(),
          createServiceFactory({
            service: coreServices.database,
            deps: {},
            factory: () => mockServices.database({ knex }),
          }),
        ],
      });
      await backend.stop();
      return reports.map(({ projection, differing }) => [
        projection,
        differing > 0,
      ]);
    };
    expect(await start({ only: ['rollups'], isRepairing: true })).toEqual([
      ['rollups', true],
    ]);
    expect(await start({ only: [], isRepairing: false })).toEqual([
      ['entities', true],
      ['results', false],
      ['rollups', false],
    ]);
    expect(await knex('entity_owners')).toEqual([]);
  });
});
