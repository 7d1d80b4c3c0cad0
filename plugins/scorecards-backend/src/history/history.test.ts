import { mockServices, TestDatabaseId } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Ledger, verifyLog } from '@waymark/ledger-node';
import { ManualClock, testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { createWorld } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { EntityStore } from '../entities/EntityStore';
import { createReads } from '../reads/createReads';
import { projections } from '../rebuild';
import { LocalEvaluator } from '../results/evaluation/Evaluator';
import { HistoryReplay } from './HistoryReplay';

jest.setTimeout(120_000);

const databases = testDatabases();
const API = 'component:default/api';
const FROM = new Date('2025-03-01T12:00:00.000Z');
const TO = new Date('2025-03-20T12:00:00.000Z');
const on = (day: number) => new Date(Date.UTC(2025, 2, day, 12));
const GIT = aFactSource('git', {
  writers: [{ collector: 'git' }],
  staleAfter: 'P30D',
});
const CATALOG = aFactSource('catalog', {
  writers: [{ collector: 'catalog' }],
  staleAfter: 'PT6H',
  schema: {
    type: 'object',
    required: ['lifecycle'],
    properties: { lifecycle: { type: 'string' } },
  },
});
const said = (readme: boolean) =>
  new Map([
    [API, { payload: { readme, tests: 1 }, commit: 'abc1234' }],
    ['component:default/nowhere', { payload: { readme, tests: 1 } }],
  ]);

async function create(id: TestDatabaseId) {
  const knex = await databases.init(id);
  const database = mockServices.database({ knex });
  const logger = mockServices.logger.mock();
  const replay = await HistoryReplay.begin({
    database,
    logger,
    auth: mockServices.auth(),
    from: FROM,
  });
  await replay.see({
    snapshots: [aSnapshot('api', { repositoryId: '1' })],
    deleted: [],
  });
  await replay.define([
    GIT,
    CATALOG,
    aScorecard('basics', ['facts.git.readme']),
  ]);
  const reads = (now: Date) =>
    createReads({
      knex,
      clock: ManualClock.at(now),
      definitions: DefinitionStore.of(knex),
      permissions: mockServices.permissions.mock({
        authorizeConditional: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      }),
    });
  return { knex, database, logger, replay, reads };
}

describe.each(databases.eachSupportedId())('a replayed history on %s', id => {
  it('is what the portal would have said, and stays marked when the portal goes on', async () => {
    const { knex, database, logger, replay, reads } = await create(id);
    await replay.report('git', said(false));
    await replay.evaluate();
    replay.moveTo(on(5));
    await replay.report('git', said(true));
    await replay.evaluate();
    replay.moveTo(on(9));
    await replay.define([
      GIT,
      CATALOG,
      aScorecard('basics', ['facts.git.readme', 'facts.git.tests > 3']),
    ]);
    await replay.evaluate();
    replay.moveTo(on(12));
    await replay.see({
      snapshots: [
        aSnapshot('api', {
          repositoryId: '1',
          uid: 'another',
          owner: 'group:default/ledger',
          ownerPath: ['group:default/ledger'],
        }),
      ],
      deleted: [],
    });
    await replay.evaluate();
    replay.moveTo(TO);
    await replay.end();

    const { scores, replayed } = reads(on(25));
    const [entity] = await EntityStore.of(knex).byRefs([API]);
    const { history } = await scores.history(entity, { limit: 10 });
    expect(
      history.items
        .slice(-3)
        .map(({ since, cause, level, demo }) => [
          new Date(since),
          cause,
          level,
          demo,
        ]),
    ).toEqual([
      [on(9), 'definition', null, true],
      [on(5), 'fact', 'bronze', true],
      [on(1), 'new', null, true],
    ]);
    const [then] = await scores.scores([entity], { asOf: on(6) });
    expect(then.scorecards).toMatchObject([{ level: 'bronze', demo: true }]);
    const [wasOwned] = await EntityStore.of(knex).byRefs([API], on(6));
    expect([wasOwned.owner, entity.owner]).toEqual([
      'group:default/checkout',
      'group:default/ledger',
    ]);
    expect(await replayed.interval()).toEqual({ from: FROM, to: TO });

    const ledger = await Ledger.create({ database });
    const entries = await ledger.entries({ from: 0, limit: 50 });
    expect(entries.map(({ type }) => type)).toEqual([
      ...Array(3).fill('definition.adopted'),
      'definition.adopted',
      'history.replayed',
    ]);
    for (const { record } of entries) {
      expect(record).toMatchObject({ demo: true });
    }
    expect(await verifyLog(knex, [])).toEqual({
      ...(await ledger.head()),
      erased: 0,
    });
    const clock = ManualClock.at(on(25));
    for (const projection of projections({
      ...{ knex, clock, logger, definitions: DefinitionStore.of(knex) },
      evaluator: LocalEvaluator.create(),
    })) {
      const report = await projection.rebuild({ isRepairing: false });
      expect([report.projection, report.differing, report.examples]).toEqual([
        report.projection,
        0,
        [],
      ]);
      expect(report.compared).toBeGreaterThan(0);
    }
  });

  it('goes forward only, and refuses what the engine would refuse', async () => {
    const { replay } = await create(id);
    replay.moveTo(on(5));
    expect(() => replay.moveTo(on(4))).toThrow(
      'History goes on from 2025-03-05T12:00:00.000Z, and not back to 2025-03-04T12:00:00.000Z',
    );
    expect(() => replay.moveTo(new Date(NaN))).toThrow(RangeError);
    await expect(
      replay.define([GIT, aScorecard('basics', ['facts.git.redme'])]),
    ).rejects.toThrow(
      /^scorecard:default\/basics cannot be adopted: spec.checks\[0\].rule: .*redme/,
    );
    await expect(replay.report('lint', said(true))).rejects.toThrow(
      'There is no fact source lint',
    );
    expect(await replay.freshFor('lint')).toBeUndefined();
    expect(await replay.freshFor('catalog')).toBe(6 * 60 * 60_000);
  });

  it('sees entities as the collector of the catalog does, and tells when time alone will change something', async () => {
    const { replay } = await create(id);
    const facts = await replay.readCatalog();
    expect([...facts.keys()]).toEqual([API]);
    expect(facts.get(API)!.payload).toMatchObject({
      lifecycle: 'production',
      owner: { ref: 'group:default/checkout', exists: false },
    });
    expect(await replay.nextDue()).toBeUndefined();
    await replay.report('git', said(true));
    await replay.evaluate();
    expect(await replay.nextDue()).toEqual(on(31));
  });
});

it('says nothing of a history that was lived through', async () => {
  const [id] = databases.eachSupportedId()[0];
  const world = await createWorld(databases, id as TestDatabaseId);
  await world.see(aSnapshot('api'));
  await world.define(aScorecard('basics', ["entity.spec.type == 'service'"]));
  await world.engine.runOnce();
  const { scores, replayed } = createReads({
    ...world,
    permissions: mockServices.permissions.mock(),
  });
  const [entity] = await EntityStore.of(world.knex).byRefs([API]);
  const { history } = await scores.history(entity, { limit: 10 });
  expect(history.items).toHaveLength(1);
  expect(history.items[0]).not.toHaveProperty('demo');
  expect(await replayed.interval()).toBeUndefined();
});
