import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  TestDatabaseId,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import express from 'express';
import fc from 'fast-check';
import request from 'supertest';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { createWorld, WRITTEN_BY_TESTS } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import { EntityStore } from '../entities/EntityStore';
import { createReads } from '../reads/createReads';
import { Badges } from './Badges';
import { createBadgeRouter } from './createBadgeRouter';
import { drawBadge } from './drawBadge';

jest.setTimeout(120_000);

const databases = testDatabases();
const BADGE = '/entities/component/default/api/badge.svg?scorecard=basics';

/** Pictures are bytes to supertest. */
const textOf: Parameters<request.Test['parse']>[0] = (response, done) => {
  let text = '';
  response.setEncoding?.('utf8');
  response.on('data', (part: string) => (text += part));
  response.on('end', () => done(null, text));
};

async function create(id: TestDatabaseId, settings?: object) {
  const world = await createWorld(databases, id);
  const { knex } = world;
  let isClosed = false;
  const close = () => {
    isClosed = true;
  };
  const httpRouter = { addAuthPolicy: jest.fn() };
  const permissions = mockServices.permissions.mock({
    authorizeConditional: async requests =>
      requests.map(() => ({
        result: isClosed ? AuthorizeResult.DENY : AuthorizeResult.ALLOW,
      })),
  });
  const reads = createReads({ ...world, permissions });
  const router = createBadgeRouter({
    config: mockServices.rootConfig({
      data: { scorecards: { badges: settings } } as {},
    }),
    httpAuth: mockServices.httpAuth({
      pluginId: 'scorecards',
      defaultCredentials: mockCredentials.none(),
    }),
    httpRouter,
    badges: Badges.create({
      ...reads,
      entities: EntityStore.of(knex),
    }),
  });
  const app = express().use(router).use(mockErrorHandler());
  await world.see(aSnapshot('api'));
  await world.define(
    aFactSource('git', WRITTEN_BY_TESTS),
    aScorecard('basics', ['facts.git.readme']),
  );
  await world.say('component:default/api', 'git', { readme: true, tests: 1 });
  await world.engine.runOnce();
  const get = (path: string, headers: Record<string, string> = {}) =>
    request(app).get(path).buffer(true).parse(textOf).set(headers);
  return { ...world, get, close, httpRouter };
}

const USER = { Authorization: mockCredentials.user.header() };

describe.each(databases.eachSupportedId())('badges on %s', id => {
  it('are for who is signed in and may read the entity, unless the configuration says more', async () => {
    for (const settings of [undefined, {}, { public: false }]) {
      const { get, close, httpRouter } = await create(id, settings);
      expect((await get(BADGE)).status).toBe(401);
      const { status, headers, body } = await get(BADGE, USER);
      expect([status, headers['content-type']]).toEqual([
        200,
        'image/svg+xml; charset=utf-8',
      ]);
      expect(headers['cache-control']).toBe('private, max-age=60');
      expect(body).toContain('<title>basics: Bronze</title>');
      expect((await get(BADGE.replace('api', 'lie'), USER)).status).toBe(404);
      close();
      expect((await get(BADGE, USER)).status).toBe(404);
      expect(httpRouter.addAuthPolicy).not.toHaveBeenCalled();
    }
  });

  it('say the same to everybody where they are public, and nothing of what is closed or not there', async () => {
    const { get, see, httpRouter } = await create(id, {
      public: { 'spec.lifecycle': 'production' },
    });
    expect(httpRouter.addAuthPolicy.mock.calls).toEqual([
      [
        {
          path: '/entities/:kind/:namespace/:name/badge.svg',
          allow: 'unauthenticated',
        },
      ],
    ]);
    const open = await get(BADGE);
    expect(open.body).toContain('basics: Bronze</title>');
    expect(open.headers).toMatchObject({
      'cache-control': 'public, max-age=300',
      'cross-origin-resource-policy': 'cross-origin',
    });
    expect((await get(BADGE, USER)).body).toBe(open.body);
    const etag = open.headers.etag;
    const again = await get(BADGE, { 'If-None-Match': etag });
    expect([again.status, again.body]).toEqual([304, '']);

    await see(aSnapshot('api', { lifecycle: 'experimental' }));
    const answers = await Promise.all(
      [
        BADGE,
        BADGE.replace('api', 'lie'),
        BADGE.replace('basics', 'lie'),
        BADGE.replace('component', '%3Cscript%3E'),
      ].map(path => get(path)),
    );
    const [first] = answers;
    expect(first.body).toContain('<title>scorecard: unknown</title>');
    for (const { status, body, headers } of answers) {
      expect([status, body, headers.etag]).toEqual([
        200,
        first.body,
        first.headers.etag,
      ]);
    }
    const changed = await get(BADGE, { 'If-None-Match': etag });
    expect([changed.status, changed.body]).toEqual([200, first.body]);
    const all = await create(id, { public: 'all' });
    await all.see(aSnapshot('api', { lifecycle: 'experimental' }));
    expect((await all.get(BADGE)).body).toBe(open.body);
    const nameless = await get(BADGE.split('?')[0]);
    expect([nameless.status, nameless.body]).toEqual([
      400,
      expect.stringContaining('scorecard: '),
    ]);
  });
});

describe('the picture of a badge', () => {
  const score = {
    title: 'Basics',
    rated: true,
    levelTitle: 'Gold',
    checks: [{ state: 'pass' as const }],
  };
  const exempt = { state: 'exempt' as const };

  it.each([
    ['Basics: Gold', score],
    ['Basics: no level', { ...score, levelTitle: null }],
    ['Basics: not rated', { ...score, rated: false, levelTitle: null }],
    ['Basics: Gold · 2 exempt', { ...score, checks: [exempt, exempt] }],
    ['scorecard: unknown', undefined],
  ])('says "%s"', (text, about) => {
    expect(drawBadge(about)).toContain(`<title>${text}</title>`);
  });

  it('escapes whatever a title holds', () => {
    const tags = (svg: string) => svg.match(/<\/?[a-z]+/gi);
    const plain = tags(drawBadge(score));
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constant('</title><script>alert(1)</script>')),
        fc.string(),
        (title, levelTitle) => {
          // A blank label leaves a part of the picture out.
          const about = {
            ...score,
            title: `x${title}`,
            levelTitle: `x${levelTitle}`,
          };
          expect(tags(drawBadge(about))).toEqual(plain);
        },
      ),
    );
  });

  it('is not drawn where the configuration is wrong', async () => {
    await expect(create('SQLITE_3', { publik: true })).rejects.toThrow(
      /scorecards\.badges\.?(publik)?: /,
    );
    await expect(create('SQLITE_3', { public: 'some' })).rejects.toThrow(
      'scorecards.badges.public: ',
    );
  });
});
