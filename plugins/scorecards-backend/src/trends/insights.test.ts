import fc from 'fast-check';
import { TestDatabaseId } from '@backstage/backend-test-utils';
import { PolicyDecision } from '@backstage/plugin-permission-common';
import { OwnerMove, Trend, TrendPoint } from '@waymark/scorecards-common';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { createReadWorld } from '../__testUtils__/createReadWorld';
import { WRITTEN_BY_TESTS } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import { instantAt } from '../rollups';
import { wholeInstants } from './instants';

jest.setTimeout(180_000);

const databases = testDatabases();
const START = '2026-03-01T12:00:00.000Z';
const HOUR = 3_600_000;
const SEARCH = {
  owner: 'group:default/search',
  ownerPath: ['group:default/search'],
};
const GIT = aFactSource('git', { ...WRITTEN_BY_TESTS, staleAfter: 'P30D' });
const BASICS = aScorecard('basics', [
  'facts.git.readme',
  'facts.git.tests > 3',
]);
const SECRET = 'acme.example/secret';
const condition = (rule: string, params: object): PolicyDecision => ({
  result: 'CONDITIONAL' as never,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    not: { rule, resourceType: 'catalog-entity', params: params as never },
  },
});
/** Lets everything through, but one by one. */
const EACH = condition('HAS_ANNOTATION', { annotation: 'nobody/has' });
const OPEN = condition('HAS_ANNOTATION', { annotation: SECRET });

const KEPT = ['api', 'web', 'lib', 'other', 'young'];
/**
 * A day in which: api gets tests and reaches bronze; web loses its readme; lib changes hands; the scorecard asks for
 * more; gone goes out of scope; young begins.
 */
async function create(id: TestDatabaseId) {
  const world = await createReadWorld(databases, id, START);
  const { clock, see, define, say, engine, folder } = world;
  const at: Record<string, string> = {};
  const pass = async (name: string) => {
    await engine.runOnce();
    clock.advance({ hours: 1 });
    at[name] = clock.now().toISOString();
    clock.advance({ hours: 1 });
  };
  const ref = (name: string) => `component:default/${name}`;
  await see(
    ...['api', 'web', 'lib', 'gone'].map(name => aSnapshot(name)),
    aSnapshot('other', SEARCH),
  );
  await define(GIT, BASICS);
  await say(ref('api'), 'git', { readme: true, tests: 1 });
  for (const name of ['web', 'lib', 'gone', 'other']) {
    await say(ref(name), 'git', { readme: true, tests: 4 });
  }
  await pass('begin');
  await say(ref('api'), 'git', { readme: true, tests: 4 });
  await pass('tests');
  while ((await folder.runOnce()) > 0);
  await say(ref('web'), 'git', { readme: false, tests: 4 });
  await pass('readme');
  await see(aSnapshot('lib', SEARCH));
  await pass('hands');
  const more = aScorecard(
    'basics',
    ['facts.git.readme', 'facts.git.tests > 3', 'facts.git.tests > 9'],
    { appliesTo: { kind: 'Component', 'metadata.name': { $in: KEPT } } },
  );
  await define(GIT, more);
  await see(aSnapshot('young'));
  await say(ref('young'), 'git', { readme: true, tests: 10 });
  await pass('definition');
  return { ...world, at };
}

const pointOf = ({
  entities,
  unrated,
  levels,
  points,
  confidence,
}: TrendPoint) => ({
  entities,
  unrated,
  levels,
  points,
  confidence,
});

describe.each(databases.eachSupportedId())('insights on %s', id => {
  it('tell at each point of a trend what the roll-up tells of that instant, whoever asks', async () => {
    const { ask, policy, clock } = await create(id);
    const queries = [
      '',
      'by=owner&key=checkout&',
      'by=owner&key=group:default/payments&',
      'by=owner&key=search&',
      'by=type&key=service&',
      'by=type&key=nothing&',
    ];
    const seen: Trend[] = [];
    for (const query of queries) {
      delete policy['catalog.entity.read'];
      const trend: Trend = await ask(
        'getTrend',
        `/scorecards/basics/trend?${query}from=${START}`,
      );
      expect(trend.items.length).toBeGreaterThan(20);
      expect(trend.items.at(-1)!.at).toBe(clock.now().toISOString());
      expect(trend.definitions).toHaveLength(2);
      for (const point of trend.items.filter((_, index) => index % 7 === 1)) {
        const rollup = await ask(
          'getRollup',
          `/scorecards/basics/rollup?by=${trend.by ?? 'owner'}&asOf=${
            point.at
          }`,
        );
        const row = trend.key
          ? rollup.items.find(({ key }: { key: string }) => key === trend.key)
          : rollup.total;
        const { checks, key, ...counts } = row ?? { entities: 0 };
        expect({ query, at: point.at, ...pointOf(point) }).toMatchObject({
          query,
          at: point.at,
          // The roll-up of then is told in the levels of then, which are the same here.
          ...counts,
        });
      }
      policy['catalog.entity.read'] = EACH;
      const path = `/scorecards/basics/trend?${query}from=${START}`;
      expect(await ask('getTrend', path)).toEqual(trend);
      seen.push(trend);
    }
    const entities = seen.map(({ items }) => [
      items[1].entities,
      items.at(-1)!.entities,
    ]);
    expect(entities).toEqual([
      [5, 5],
      [4, 3],
      [4, 3],
      [1, 2],
      [5, 5],
      [0, 0],
    ]);
  });

  it('go on from what was read before, and tell what they would tell without', async () => {
    const { ask, policy, clock, say, see, engine, at } = await create(id);
    const paths = [
      ['getTrend', `/scorecards/basics/trend?from=${START}`],
      [
        'getTrend',
        `/scorecards/basics/trend?by=owner&key=group:default/payments&from=${START}`,
      ],
      ['listMovers', `/movers?since=${at.begin}`],
      ['listMovers', `/movers?since=${at.readme}&scorecard=basics`],
    ] as const;
    const askAll = () =>
      Promise.all(
        // Twice at the same time, as pages do.
        [...paths, ...paths].map(([operation, path]) => ask(operation, path)),
      );
    let before = '';
    for (const round of [1, 2, 3]) {
      delete policy['catalog.entity.read'];
      const told = await askAll();
      policy['catalog.entity.read'] = EACH;
      expect({ round, told: await askAll() }).toEqual({ round, told });
      expect(JSON.stringify(told)).not.toEqual(before);
      before = JSON.stringify(told);
      await see(aSnapshot(`late-${round}`), aSnapshot('lib'));
      await say('component:default/web', 'git', {
        readme: round === 1,
        tests: 10 * round,
      });
      await engine.runOnce();
      clock.advance({ minutes: round });
    }
  });

  it('show to nobody the past of what is closed to him today, not even as one more', async () => {
    const { ask, policy, see, engine, at } = await create(id);
    await see(aSnapshot('api', { annotations: { [SECRET]: 'yes' } }));
    await engine.runOnce();
    policy['catalog.entity.read'] = OPEN;
    const trend: Trend = await ask(
      'getTrend',
      `/scorecards/basics/trend?from=${START}`,
    );
    expect(trend.items[1].entities).toBe(4);
    expect(trend.items.at(-1)!.entities).toBe(4);
    const movers = await ask('listMovers', `/movers?since=${at.begin}`);
    const text = JSON.stringify(movers);
    expect(text).not.toContain('default/api');
    expect(text).toContain('default/web');
    policy['catalog.entity.read'] = { result: 'DENY' as never };
    const none = await ask('listMovers', `/movers?since=${at.begin}`);
    expect(none).toMatchObject({
      entities: { up: [], down: [] },
      owners: { up: [], down: [] },
    });
  });

  it('tell who has moved, and never take a change of the scorecard for the work of a team', async () => {
    const { ask, at, policy } = await create(id);
    const of = async (since: string) =>
      ask('listMovers', `/movers?scorecard=basics&since=${since}`);
    const all = await of(at.begin);
    const name = (moves: { entityRef: string; cause: string }[]) =>
      moves.map(({ entityRef, cause }) => [entityRef, cause]);
    // Up by its own work, though the scorecard has taken half of it back.
    expect(name(all.entities.up)).toEqual([['component:default/api', 'fact']]);
    expect(all.entities.up[0].causes).toEqual([
      { cause: 'fact', levels: 1, points: 0.5 },
      { cause: 'definition', levels: -1, points: -0.3333 },
    ]);
    expect(name(all.entities.down)).toEqual([
      ['component:default/web', 'fact'],
      ['component:default/lib', 'definition'],
      ['component:default/other', 'definition'],
    ]);

    const early = await ask('listMovers', `/movers?since=${at.begin}&limit=1`);
    expect(early.entities.down).toHaveLength(1);
    const afterTests = await of(at.hands);
    const owners = new Map(
      afterTests.owners.down.map((move: OwnerMove) => [move.owner, move]),
    );
    expect(owners.get('group:default/search')).toMatchObject({
      cause: 'definition',
      points: expect.closeTo(-1 / 3, 3),
      fallen: 2,
      risen: 0,
      from: { entities: 2, points: 1 },
      to: { entities: 2 },
    });
    policy['catalog.entity.read'] = EACH;
    expect(await of(at.begin)).toEqual({ ...all });
    expect(await of(at.hands)).toEqual(afterTests);
  });

  it('add up to the whole move, cause by cause', async () => {
    const { ask, at } = await create(id);
    for (const since of Object.values(at)) {
      const { entities, owners } = await ask(
        'listMovers',
        `/movers?since=${since}`,
      );
      const moves = [
        ...entities.up,
        ...entities.down,
        ...owners.up,
        ...owners.down,
      ];
      for (const move of moves) {
        const sum = (move.causes as { points: number }[]).reduce(
          (total, { points }) => total + points,
          0,
        );
        expect(sum).toBeCloseTo(move.points, 6);
        expect(move.points).toBeCloseTo(move.to.points - move.from.points, 6);
      }
    }
  });

  it('begin with nobody long before anything was said', async () => {
    const { ask } = await create(id);
    const trend: Trend = await ask(
      'getTrend',
      '/scorecards/basics/trend?from=1960-01-01T00:00:00Z',
    );
    expect(trend.items[0].entities).toBe(0);
    expect(trend.items.at(-1)!.entities).toBeGreaterThan(0);
  });

  it('say what is wrong with a request', async () => {
    const { refused, clock } = await create(id);
    const trend = '/scorecards/basics/trend';
    const future = new Date(clock.now().getTime() + HOUR).toISOString();
    for (const [path, status, message] of [
      [`${trend}?by=owner`, 400, /^by: needs key as well$/],
      [`${trend}?key=x`, 400, /^key: needs by as well$/],
      [`${trend}?by=owner&key=::`, 400, /^key: "::" is not an entity ref/],
      [`${trend}?by=colour&key=x`, 400, /^by: /],
      [`${trend}?to=${future}`, 400, /^to: must not be in the future$/],
      [`${trend}?from=${clock.now().toISOString()}`, 400, /^from: must be/],
      ['/scorecards/nope/trend', 404, /There is no scorecard "nope"/],
      [`${trend}?to=2026-01-01T00:00:00Z`, 404, /No scorecard "basics" was/],
      ['/movers', 400, /^since: is missing/],
      [
        '/movers?since=1970-01-01T00:00:00Z',
        400,
        /^since: must be in the last/,
      ],
      [`/movers?since=${future}`, 400, /^since: must not be in the future$/],
      [`/movers?since=${START}&scorecard=nope`, 404, /no scorecard "nope"/],
      [`/movers?since=${START}&limit=101`, 400, /^limit: /],
    ] as const) {
      expect([path, ...(await refused(path))]).toEqual([
        path,
        status,
        expect.stringMatching(message),
      ]);
    }
  });
});

describe('the instants of a trend', () => {
  const END = new Date('2026-03-31T00:00:07Z');
  const MINUTE = 60_000;
  it.each([
    [5_000, 0, 1],
    [30_000, MINUTE, 2],
    [10 * MINUTE, MINUTE, 11],
    [100 * MINUTE, 2 * MINUTE, 51],
    [90 * 24 * HOUR, 24 * HOUR, 91],
    [365 * 24 * HOUR, 4 * 24 * HOUR, 92],
  ])(
    'of %d ms are %d ms apart, and %d with the end',
    (span, distance, count) => {
      const from = END.getTime() - span;
      const instants = wholeInstants(new Date(from), END, 100);
      const all = Array.from({ length: instants.count }, (_, position) =>
        instantAt(instants, position),
      );
      expect(all).toHaveLength(count);
      expect(all.at(-1)).toBe(END.getTime());
      const whole = all.slice(0, -1);
      expect(whole.every(at => at >= from && at % distance === 0)).toBe(true);
      expect(whole.slice(1).map((at, index) => at - whole[index])).toEqual(
        whole.slice(1).map(() => distance),
      );
    },
  );

  it('are never more than may be, and always before the end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 * 24 * HOUR }),
        fc.integer({ min: 2, max: 100 }),
        (span, most) => {
          const from = new Date(END.getTime() - span);
          const instants = wholeInstants(from, END, most);
          const { first, step, count, end } = instants;
          expect(count).toBeLessThanOrEqual(most);
          expect(first + (count - 2) * step).toBeLessThan(end);
          expect(first + (count - 1) * step).toBeGreaterThanOrEqual(end);
        },
      ),
    );
  });
});
