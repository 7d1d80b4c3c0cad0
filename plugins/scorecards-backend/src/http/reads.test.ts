import { mockCredentials, TestDatabaseId } from '@backstage/backend-test-utils';
import SwaggerParser from '@apidevtools/swagger-parser';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import request from 'supertest';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { createReadWorld } from '../__testUtils__/createReadWorld';
import { WRITTEN_BY_TESTS } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import { documentOf } from './createReadRouter';
import { readOperations } from './operations';

jest.setTimeout(120_000);

const databases = testDatabases();
const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };
const ONLY_WEB: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    rule: 'HAS_METADATA',
    resourceType: 'catalog-entity',
    params: { key: 'name', value: 'web' },
  },
};
const SECRET = 'acme.example/secret';
const ONLY_OPEN: PolicyDecision = {
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: {
    not: {
      rule: 'HAS_ANNOTATION',
      resourceType: 'catalog-entity',
      params: { annotation: SECRET },
    },
  },
};
const GIT = aFactSource('git', WRITTEN_BY_TESTS);
const BASICS = aScorecard('basics', [
  'facts.git.readme',
  'facts.git.tests > 3',
]);
const API = '/entities/component/default/api';
const START = '2026-03-01T12:00:00.000Z';

async function create(id: TestDatabaseId) {
  const world = await createReadWorld(databases, id, START);
  await world.see(aSnapshot('api'), aSnapshot('web'));
  await world.define(GIT, BASICS);
  await world.say(
    'component:default/api',
    'git',
    { readme: true, tests: 1 },
    { url: 'https://forge.example/acme/api', commit: 'abc1234' },
  );
  await world.engine.runOnce();
  return world;
}

describe.each(databases.eachSupportedId())('reads on %s', id => {
  it('tells the scores of an entity, why, and how they came to be', async () => {
    const { ask, say, engine, clock } = await create(id);
    const [before] = (await ask('getScores', `${API}/scores`)).scorecards;
    expect(before).toMatchObject({
      scorecard: 'basics',
      rated: true,
      level: null,
      points: 0.5,
      confidence: 1,
      checks: [
        { id: 'check-0', state: 'pass' },
        { id: 'check-1', state: 'fail' },
      ],
    });
    clock.advance({ minutes: 5 });
    await say('component:default/api', 'git', { readme: true, tests: 4 });
    const pending = await ask('getScores', `${API}/scores`);
    expect(pending.pending).toBe(true);
    await engine.runOnce();
    const after = await ask('getScores', `${API}/scores`);
    expect(after).toMatchObject({
      pending: false,
      scorecards: [
        { level: 'bronze', points: 1, cause: 'fact', causeDetail: 'git' },
      ],
    });

    clock.advance({ minutes: 5 });
    const then = await ask('getScores', `${API}/scores?asOf=${START}`);
    expect(then.scorecards[0]).toEqual(before);
    const { items } = await ask('getHistory', `${API}/history`);
    expect(items).toMatchObject([
      {
        level: 'bronze',
        cause: 'fact',
        removed: false,
        changes: [{ check: 'check-1', from: 'fail', to: 'pass' }],
      },
      {
        level: null,
        until: items[0].since,
        changes: [
          { check: 'check-0', from: null, to: 'pass' },
          { check: 'check-1', from: null, to: 'fail' },
        ],
      },
    ]);
    const page = await ask('getHistory', `${API}/history?limit=1`);
    expect(page.items).toEqual(items.slice(0, 1));
    const rest = await ask(
      'getHistory',
      `${API}/history?limit=100&cursor=${page.cursor}`,
    );
    expect(rest.items).toEqual(items.slice(1));
  });

  it('proves a check by the facts of the instant', async () => {
    const { ask, say, engine, clock, refused } = await create(id);
    const proof = `${API}/checks/basics/check-1/proof`;
    clock.advance({ minutes: 5 });
    await say(
      'component:default/api',
      'git',
      { readme: true, tests: 4 },
      { commit: 'def5678' },
    );
    expect(await ask('getProof', proof)).toMatchObject({
      pending: true,
      result: { state: 'fail' },
      rule: { value: true },
    });
    await engine.runOnce();
    expect(await ask('getProof', proof)).toMatchObject({
      pending: false,
      result: { state: 'pass' },
      because: 'We say so.',
      rule: {
        expression: 'facts.git.tests > 3',
        value: true,
        children: [{ value: 4, fact: { source: 'git', commit: 'def5678' } }],
      },
      facts: [{ source: 'git', commit: 'def5678' }],
    });
    expect(await ask('getProof', `${proof}?asOf=${START}`)).toMatchObject({
      result: { state: 'fail' },
      rule: { value: false },
      facts: [{ commit: 'abc1234', url: 'https://forge.example/acme/api' }],
    });
    expect(await refused(`${API}/checks/basics/nope/proof`)).toEqual([
      404,
      'The scorecard "basics" has no check "nope"',
    ]);
    expect(await refused(`${API}/checks/nope/check-1/proof`)).toEqual([
      404,
      'The scorecard "nope" says nothing of component:default/api',
    ]);
  });

  it('tells what is known: fresh, stale, or hidden by an outage', async () => {
    const { ask, clock, breakDown, repair, engine } = await create(id);
    const facts = `${API}/facts`;
    expect((await ask('getFacts', facts)).facts).toEqual([
      {
        source: 'git',
        state: 'known',
        payload: { readme: true, tests: 1 },
        observedAt: START,
        freshUntil: '2026-03-02T12:00:00.000Z',
        validFrom: START,
        collector: 'tests',
        url: 'https://forge.example/acme/api',
        commit: 'abc1234',
      },
    ]);
    clock.advance({ hours: 1 });
    await breakDown({ source: 'git' }, 'Bad credentials');
    await engine.runOnce();
    expect((await ask('getFacts', facts)).facts[0]).toMatchObject({
      state: 'collectorError',
      error: 'Bad credentials',
    });
    const [held] = (await ask('getScores', `${API}/scores`)).scorecards;
    expect(held).toMatchObject({
      cause: 'collector',
      confidence: 0,
      checks: [
        { state: 'unknown', underlying: 'pass', held: true },
        { state: 'unknown', underlying: 'fail', held: true },
      ],
    });
    const during = clock.now().toISOString();
    clock.advance({ hours: 24 });
    await repair({ source: 'git' });
    expect((await ask('getFacts', facts)).facts[0].state).toBe('stale');
    const then = await ask('getFacts', `${facts}?asOf=${during}&source=git`);
    expect(then.facts[0].state).toBe('collectorError');
  });

  it('tells of outages as intervals afterwards, page by page', async () => {
    const { ask, clock, breakDown, repair, see, refused, policy, knex } =
      await create(id);
    const outages = `${API}/outages`;
    const minutes = (count: number) =>
      new Date(Date.parse(START) + count * 60_000).toISOString();
    await breakDown({ source: 'git' }, '401 Bad credentials');
    clock.advance({ minutes: 1 });
    await breakDown({ source: 'git' }, '403 Forbidden');
    clock.advance({ minutes: 1 });
    await repair({ source: 'git' });
    const [{ id: api }] = await knex('entities').where({
      ref: 'component:default/api',
    });
    clock.advance({ minutes: 1 });
    await breakDown({ source: 'git', entityId: api }, 'No such repository');
    const expected = [
      {
        source: 'git',
        wholeSource: false,
        error: 'No such repository',
        since: minutes(3),
      },
      {
        source: 'git',
        wholeSource: true,
        error: '403 Forbidden',
        since: minutes(1),
        until: minutes(2),
      },
      {
        source: 'git',
        wholeSource: true,
        error: '401 Bad credentials',
        since: minutes(0),
        until: minutes(1),
      },
    ];
    expect(await ask('getOutages', outages)).toEqual({
      entityRef: 'component:default/api',
      items: expected,
    });
    const { items, cursor } = await ask('getOutages', `${outages}?limit=2`);
    expect(items).toEqual(expected.slice(0, 2));
    const rest = `${outages}?limit=2&cursor=${cursor}`;
    expect((await ask('getOutages', rest)).items).toEqual(expected.slice(2));
    expect(
      (await ask('getOutages', `${outages}?source=catalog`)).items,
    ).toEqual([]);

    await see(aSnapshot('young'));
    const ofOther = async (name: string) =>
      (await ask('getOutages', `/entities/component/default/${name}/outages`))
        .items;
    expect(await ofOther('web')).toEqual(expected.slice(1));
    expect(await ofOther('young')).toEqual([]);
    policy['catalog.entity.read'] = ONLY_WEB;
    expect((await refused(outages))[0]).toBe(404);
  });

  it('recomputes a past instant from what is known of it today', async () => {
    const { ask, clock, say, engine } = await create(id);
    clock.advance({ hours: 2 });
    await say('component:default/api', 'git', { readme: true, tests: 7 });
    clock.advance({ hours: 1 });
    await say(
      'component:default/api',
      'git',
      { readme: false, tests: 9 },
      { observedAt: new Date('2026-03-01T13:00:00Z') },
    );
    await engine.runOnce();
    const at = `${API}/scores?asOf=2026-03-01T13:30:00Z`;
    const stateAt = async (query: string) =>
      (await ask('getScores', at + query)).scorecards[0].checks.map(
        ({ state }: { state: string }) => state,
      );
    expect(await stateAt('')).toEqual(['pass', 'fail']);
    expect(await stateAt('&knowledge=now')).toEqual(['fail', 'pass']);
  });

  it('lists what a scorecard says of everybody, filtered, page by page, and as CSV', async () => {
    const { ask, app, refused, clock } = await create(id);
    const results = '/scorecards/basics/results';
    const all = await ask('listResults', results);
    expect(all.items).toMatchObject([
      { entityRef: 'component:default/api', rated: true },
      { entityRef: 'component:default/web', rated: false },
    ]);
    const first = await ask('listResults', `${results}?limit=1`);
    const second = await ask(
      'listResults',
      `${results}?limit=1&cursor=${first.cursor}`,
    );
    expect([...first.items, ...second.items]).toEqual(all.items);
    for (const [query, expected] of [
      ['level=unrated', ['web']],
      ['level=none', ['api']],
      ['level=silver', []],
      ['check=check-0&state=pass', ['api']],
      ['check=check-1&state=pass', []],
      ['owner=group:default/payments', ['api', 'web']],
      ['owner=group:default/ledger', []],
      ['type=service&level=none', ['api']],
      [`asOf=${START}&owner=group:default/checkout`, ['api', 'web']],
    ] as const) {
      const { items } = await ask('listResults', `${results}?${query}`);
      expect([
        query,
        items.map(({ entityRef }: { entityRef: string }) => entityRef),
      ]).toEqual([query, expected.map(name => `component:default/${name}`)]);
    }
    expect(await refused(`${results}?level=gold`)).toEqual([
      400,
      'level: "gold" is not one of bronze, silver, none, unrated',
    ]);
    expect(await refused(`${results}?asOf=2099-01-01T00:00:00Z`)).toEqual([
      400,
      'asOf: must not be in the future',
    ]);
    expect(await refused('/scorecards/nope/results')).toEqual([
      404,
      'There is no scorecard "nope" in force',
    ]);

    const csvOf = (query = '') =>
      request(app)
        .get(results + query)
        .set('Authorization', mockCredentials.user.header())
        .set('Accept', 'text/csv');
    const csv = await csvOf();
    expect(csv.headers['content-type']).toMatch('text/csv');
    const day = START.slice(0, 10);
    for (const [query, name] of [
      ['', `basics-${clock.now().toISOString().slice(0, 10)}.csv`],
      [`?asOf=${START}`, `basics-${day}.csv`],
      [`?asOf=${START}&level=none`, `basics-${day}-filtered.csv`],
    ]) {
      const { headers } = await csvOf(query);
      expect(headers['content-disposition']).toBe(
        `attachment; filename="${name}"`,
      );
    }
    expect(csv.text.split('\r\n').slice(0, 2)).toEqual([
      'entityRef,type,owner,level,points,confidence,since,cause,debt,nextExpiry,check:check-0,check:check-1',
      expect.stringMatching(
        /^component:default\/api,service,group:default\/checkout,none,0\.5,1,2026.*,(new|fact|definition),0,,pass,fail$/,
      ),
    ]);
  });

  it('rolls up, and shows an owner of then to whoever asks for then', async () => {
    const { ask, see, engine, clock, folder } = await create(id);
    const byOwner = '/scorecards/basics/rollup?by=owner';
    const keysOf = async (query = '') => {
      const { total, items } = await ask('getRollup', byOwner + query);
      return [
        total.entities,
        items.map(({ key, entities }: { key: string; entities: number }) => [
          key,
          entities,
        ]),
      ];
    };
    const before = [
      2,
      [
        ['group:default/checkout', 2],
        ['group:default/payments', 2],
      ],
    ];
    expect(await keysOf()).toEqual(before);
    clock.advance({ minutes: 1 });
    const then = clock.now().toISOString();
    clock.advance({ minutes: 1 });
    await see(
      aSnapshot('web', {
        owner: 'group:default/ledger',
        ownerPath: ['group:default/ledger'],
      }),
    );
    await engine.runOnce();
    const after = [
      2,
      [
        ['group:default/checkout', 1],
        ['group:default/ledger', 1],
        ['group:default/payments', 1],
      ],
    ];
    expect(await keysOf()).toEqual(after);
    while ((await folder.runOnce()) > 0);
    expect(await keysOf()).toEqual(after);
    expect(await keysOf(`&asOf=${then}`)).toEqual(before);

    const ownerOf = async (query: string) =>
      (await ask('getScores', `/entities/component/default/web/scores${query}`))
        .owner;
    expect(await ownerOf('')).toBe('group:default/ledger');
    for (const knowledge of ['then', 'now']) {
      expect(await ownerOf(`?asOf=${then}&knowledge=${knowledge}`)).toBe(
        'group:default/checkout',
      );
    }
  });

  it('feeds every change to services that may read everything, in order and without a gap', async () => {
    const { ask, refused, policy } = await create(id);
    const { items, next } = await ask('listChanges', '/changes', {
      service: true,
    });
    expect(items.map(({ sequence }: { sequence: number }) => sequence)).toEqual(
      items.map((_: unknown, index: number) => index + 1),
    );
    const rest = await ask('listChanges', `/changes?after=${next}`, {
      service: true,
    });
    expect(rest).toEqual({ items: [], next });
    expect((await refused('/changes'))[0]).toBe(403);

    const service = mockCredentials.service.header();
    for (const [permission, decision] of [
      ['scorecards.definition.read', DENY],
      ['catalog.entity.read', DENY],
      ['catalog.entity.read', ONLY_WEB],
    ] as const) {
      policy[permission] = decision;
      expect([permission, (await refused('/changes', service))[0]]).toEqual([
        permission,
        403,
      ]);
      policy[permission] = ALLOW;
    }
  });

  it('answers for many entities at once, in their order', async () => {
    const { ask } = await create(id);
    const body = {
      entityRefs: ['component:default/web', 'component:api', 'component:nope'],
    };
    const refs = ['component:default/web', 'component:default/api'];
    for (const [name, path] of [
      ['queryScores', '/scores/query'],
      ['queryFacts', '/facts/query'],
      ['queryResults', '/results/query'],
    ] as const) {
      const { items } = await ask(name, path, { body, service: true });
      expect(
        items.map(({ entityRef }: { entityRef: string }) => entityRef),
      ).toEqual(refs);
    }
  });

  it('tells of scorecards and fact sources, refused ones with the reason', async () => {
    const { ask, define } = await create(id);
    await define(
      GIT,
      aScorecard('basics', ['facts.git.redme']),
      aScorecard('other', ['facts.git.readme']),
    );
    const { items } = await ask('listScorecards', '/scorecards');
    expect(items).toMatchObject([
      {
        name: 'basics',
        status: 'rejected',
        problems: [
          {
            path: 'spec.checks[0].rule',
            reason: expect.stringContaining('readme'),
          },
        ],
        inForce: { since: START },
        spec: { checks: [{ id: 'check-0' }, { id: 'check-1' }] },
      },
      { name: 'other', status: 'adopted', problems: [] },
    ]);
    expect(await ask('getScorecard', '/scorecards/basics')).toEqual(items[0]);
    const sources = await ask('listFactSources', '/fact-sources');
    expect(sources.items).toMatchObject([{ id: 'git', status: 'adopted' }]);
  });

  it('shows to whoever may read some entities only these, and nothing of the others', async () => {
    const { ask, refused, policy, folder } = await create(id);
    while ((await folder.runOnce()) > 0);
    policy['catalog.entity.read'] = ONLY_WEB;
    for (const path of ['scores', 'facts', 'history', `scores?asOf=${START}`]) {
      expect((await refused(`${API}/${path}`))[0]).toBe(404);
    }
    expect((await refused(`${API}/checks/basics/check-0/proof`))[0]).toBe(404);
    const { items } = await ask(
      'listResults',
      '/scorecards/basics/results?limit=1',
    );
    expect(items).toMatchObject([{ entityRef: 'component:default/web' }]);
    const rollup = await ask('getRollup', '/scorecards/basics/rollup');
    expect(rollup.total).toMatchObject({ entities: 1, unrated: 1 });
    const { items: batch } = await ask('queryScores', '/scores/query', {
      body: { entityRefs: ['component:api', 'component:web'] },
    });
    expect(batch).toHaveLength(1);
    policy['catalog.entity.read'] = DENY;
    expect(
      (await ask('listResults', '/scorecards/basics/results')).items,
    ).toEqual([]);
  });

  it('shows to nobody the past of what is closed to him today', async () => {
    const { ask, refused, policy, folder, see, clock, engine } = await create(
      id,
    );
    const then = clock.now().toISOString();
    policy['catalog.entity.read'] = ONLY_OPEN;
    const list = async (query: string) => {
      const { items } = await ask(
        'listResults',
        `/scorecards/basics/results?limit=1${query}`,
      );
      return items.map(({ entityRef }: { entityRef: string }) => entityRef);
    };
    const counted = async (query: string) =>
      (await ask('getRollup', `/scorecards/basics/rollup?by=type${query}`))
        .total.entities;
    expect([await list(''), await counted('')]).toEqual([
      ['component:default/api'],
      2,
    ]);

    clock.advance({ hours: 1 });
    await see(aSnapshot('api', { annotations: { [SECRET]: 'yes' } }));
    await engine.runOnce();
    while ((await folder.runOnce()) > 0);
    for (const query of ['', `&asOf=${then}`]) {
      expect([query, await list(query), await counted(query)]).toEqual([
        query,
        ['component:default/web'],
        1,
      ]);
    }
    expect((await refused(`${API}/scores?asOf=${then}`))[0]).toBe(404);
    policy['catalog.entity.read'] = ALLOW;
    expect([
      await list(`&asOf=${then}`),
      await counted(`&asOf=${then}`),
    ]).toEqual([['component:default/api'], 2]);
  });

  it('refuses whom a permission refuses, and everybody without credentials', async () => {
    const { app, refused, policy } = await create(id);
    policy['scorecards.definition.read'] = DENY;
    policy['scorecards.collector.read'] = DENY;
    policy['scorecards.entity.evaluate'] = DENY;
    for (const path of [
      '/scorecards',
      '/scorecards/basics',
      '/scorecards/basics/results',
      '/scorecards/basics/rollup',
      '/scorecards/basics/trend',
      `/movers?since=${START}`,
      '/fact-sources',
      '/collectors',
    ]) {
      expect([path, (await refused(path))[0]]).toEqual([path, 403]);
    }
    const { status } = await request(app)
      .post(`${API}/evaluate`)
      .set('Authorization', mockCredentials.user.header());
    expect(status).toBe(403);
    const operations = readOperations({ now: () => new Date(START) });
    for (const { method, path } of Object.values(operations)) {
      const url = path
        .replace(':kind', 'component')
        .replace(':namespace', 'default')
        .replace(/:\w+/g, 'api');
      const { status: nobody } = await request(app)
        [method as 'get' | 'post'](url)
        .set('Authorization', mockCredentials.none.header());
      expect([path, nobody]).toEqual([path, 401]);
    }
  });

  it('evaluates on request', async () => {
    const { ask, say } = await create(id);
    await say('component:default/web', 'git', { readme: true, tests: 9 });
    const answer = await ask(
      'evaluate',
      `/entities/component/default/web/evaluate`,
    );
    expect(answer).toMatchObject({
      pending: false,
      scorecards: [{ level: 'bronze' }],
    });
  });
});

it('is described by a valid OpenAPI document that names every operation', async () => {
  const operations = readOperations({ now: () => new Date(START) });
  const document = documentOf(operations);
  const copy = JSON.parse(JSON.stringify(document));
  await expect(SwaggerParser.validate(copy)).resolves.toBeDefined();
  const described = Object.entries(document.paths as object).flatMap(
    ([path, methods]) => Object.keys(methods).map(name => `${name} ${path}`),
  );
  for (const { method, path } of Object.values(operations)) {
    expect(described).toContain(`${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  }
});
