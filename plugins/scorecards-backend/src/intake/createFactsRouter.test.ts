import { mockCredentials, TestBackend } from '@backstage/backend-test-utils';
import { factPushAnswerSchema } from '@waymark/scorecards-common';
import { serve } from '@waymark/waymark-node';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import express from 'express';
import Router from 'express-promise-router';
import { JWTPayload, SignJWT } from 'jose';
import { Knex } from 'knex';
import request from 'supertest';
import { readOperations } from '../http/operations';
import { createIntake, NOW, world } from './__testUtils__/createIntake';
import { startPush } from './__testUtils__/startPush';
import { TestIssuer } from './__testUtils__/TestIssuer';
import { createFactsRouter } from './createFactsRouter';
import { IDEMPOTENCY_KEYS, IdempotencyKeys } from './IdempotencyKeys';

jest.setTimeout(120_000);

const SCANNER = 'q8Zr5tXw1NcV7bMk4JhG9dSa';
const WALLETS = 'p3Lm6kQn8RvT2yUj5HgF7dXc';
const LEDGERS = 'n5Vw2eXr8TzB6yQk3MhJ7sLd';
const AUDIENCE = 'https://waymark.example';
const SECONDS = Date.parse(NOW) / 1_000;
const passed = { passed: true, findings: [] };
const fact = (more: object = {}) => ({
  entityRef: 'component:default/wallet',
  source: 'scan',
  payload: passed,
  observedAt: NOW,
  ...more,
});

const databases = testDatabases();

describe.each(databases.eachSupportedId())('POST /facts on %s', id => {
  let knex: Knex;
  let issuer: TestIssuer;
  let backend: TestBackend | undefined;
  beforeAll(async () => {
    knex = await databases.init(id);
    issuer = await TestIssuer.start();
  });
  afterEach(() => backend?.stop());
  afterAll(() => issuer.stop());

  async function start() {
    const here = await createIntake(knex, world());
    await knex(IDEMPOTENCY_KEYS).delete();
    const push = {
      services: [
        {
          subject: 'scanner',
          secret: SCANNER,
          sources: ['scan', 'library'],
          entities: 'all',
        },
        {
          subject: 'inventory',
          secret: WALLETS,
          sources: ['inventory'],
          entities: { 'metadata.name': 'wallet' },
        },
        {
          subject: 'ledger',
          secret: LEDGERS,
          sources: ['inventory'],
          owners: ['ledger'],
          entities: 'all',
        },
      ],
      ci: [
        {
          issuer: issuer.url,
          host: 'forge.example',
          audience: AUDIENCE,
          claims: { ref: ['refs/heads/main'] },
        },
      ],
    };
    const keys = IdempotencyKeys.create(here);
    backend = await startPush({
      push,
      clock: here.clock,
      mount: ({ httpRouter, httpAuth, authenticator }) => {
        httpRouter.use(createFactsRouter({ ...here, keys, authenticator }));
        const reads = Router().use(express.json());
        const { queryFacts } = readOperations(here.clock);
        serve(reads, httpAuth, queryFacts, async () => ({ items: [] }));
        httpRouter.use(reads);
      },
    });
    const server = backend.server;
    const post = (
      body: string | object,
      token: string | undefined = SCANNER,
      key?: string,
    ) =>
      request(server)
        .post('/api/scorecards/facts')
        .set('Content-Type', 'application/json')
        .set({
          ...(token && { Authorization: `Bearer ${token}` }),
          ...(key && { 'Idempotency-Key': key }),
        })
        .send(body);
    return { ...here, keys, server, post };
  }

  const ciToken = (claims: JWTPayload = {}) =>
    issuer.token({
      aud: AUDIENCE,
      exp: SECONDS + 300,
      repository: 'acme/wallet',
      repository_id: '7',
      ref: 'refs/heads/main',
      ...claims,
    });

  it('writes what services and CI say, and tells what became of it', async () => {
    const { post, facts } = await start();
    const first = await post({
      facts: [fact(), fact({ entityRef: 'Component:ledger' })],
    });
    expect([first.status, first.body]).toEqual([
      200,
      {
        items: [
          {
            entityRef: 'component:default/wallet',
            source: 'scan',
            outcome: 'changed',
          },
          {
            entityRef: 'Component:ledger',
            source: 'scan',
            outcome: 'changed',
          },
        ],
      },
    ]);
    factPushAnswerSchema.parse(first.body);

    const second = await post({ facts: [fact()] }, await ciToken());
    expect(second.body.items[0].outcome).toBe('confirmed');
    const older = fact({ observedAt: '2026-03-01T13:59:59+02:00' });
    const third = await post({ facts: [older] }, await ciToken());
    expect(third.body.items[0].outcome).toBe('late');
    expect(await knex('facts').orderBy('entity_id')).toMatchObject([
      { entity_id: 1, collector: 'ci:forge.example/acme/wallet' },
      { entity_id: 2, collector: 'token:scanner' },
    ]);
    expect(await facts()).toHaveLength(2);
  });

  it.each<[string, number, object | string, RegExp]>([
    [
      'a payload against the schema',
      400,
      {
        facts: [fact({ entityRef: 'component:ledger' }), fact({ payload: {} })],
      },
      /^facts\[1\]\.payload\.passed: is missing/,
    ],
    [
      'a source that nobody declared',
      400,
      { facts: [fact({ source: 'scam' })] },
      /^facts\[0\]\.source: no fact source "scam" is in force, did you mean "scan"/,
    ],
    [
      'the future',
      400,
      { facts: [fact({ observedAt: '2026-03-01T12:06:00Z' })] },
      /^facts\[0\]\.observedAt: .* is in the future/,
    ],
    [
      'no instant',
      400,
      { facts: [fact({ observedAt: 'today' })] },
      /^facts\[0\]\.observedAt: must be an instant such as/,
    ],
    [
      'an unknown field',
      400,
      { facts: [fact({ obsrvedAt: NOW })] },
      /^facts\[0\]\.obsrvedAt: unknown key, did you mean "observedAt"/,
    ],
    ['no fact', 400, { facts: [] }, /^facts: must have at least 1 entry/],
    [
      '1,001 facts',
      400,
      { facts: Array(1_001).fill(fact()) },
      /^facts: must have at most 1000 entries/,
    ],
    [
      'one fact twice',
      400,
      { facts: [fact(), fact()] },
      /^facts\[1\]: facts\[0\] is of the same entity and source/,
    ],
    [
      'a payload of 100,000 lists within each other',
      400,
      `{"facts":[${JSON.stringify(fact()).replace(
        '[]',
        '['.repeat(100_000) + ']'.repeat(100_000),
      )}]}`,
      /^facts\[0\]\.payload: must not have more than 32/,
    ],
    ['what is no JSON', 400, '{"facts":', /JSON/],
    ['9 MB', 413, ' '.repeat(9 * 1024 * 1024), /too large/],
    [
      'a source that is not for it',
      403,
      { facts: [fact({ source: 'inventory' })] },
      /^facts\[0\]\.source: "inventory" does not name token:scanner/,
    ],
  ])('refuses %s with %i', async (_, expected, sent, message) => {
    const { post, facts, dirty } = await start();
    const { status, body } = await post(sent);
    expect([status, body.error.message]).toEqual([
      expected,
      expect.stringMatching(message),
    ]);
    expect(await facts()).toEqual([]);
    expect(await dirty()).toEqual([]);
  });

  it('lets everybody speak of their own entities only', async () => {
    const { post, facts } = await start();
    const inventory = { source: 'inventory' };
    const ledger = { entityRef: 'component:default/ledger' };
    const unknown = { entityRef: 'component:default/nobody' };
    expect((await post({ facts: [fact(inventory)] }, WALLETS)).status).toBe(
      200,
    );
    for (const [token, more, message] of [
      [WALLETS, { ...inventory, ...ledger }, 'token:inventory may not write'],
      [WALLETS, { ...inventory, ...unknown }, 'token:inventory may not write'],
      [LEDGERS, inventory, 'token:ledger may not write'],
      [await ciToken(), ledger, 'ci:forge.example/acme/wallet may not write'],
      [await ciToken(), unknown, 'ci:forge.example/acme/wallet may not write'],
      [
        await ciToken({ repository: 'acme/ledger' }),
        {},
        'ci:forge.example/acme/ledger may not write about component:default/wallet',
      ],
    ] as const) {
      const { status, body } = await post({ facts: [fact(more)] }, token);
      expect([status, body.error.message]).toEqual([
        403,
        expect.stringContaining(`facts[0].entityRef: ${message}`),
      ]);
    }
    expect(await facts()).toHaveLength(1);
  });

  it('refuses everybody else', async () => {
    const { post, server, facts } = await start();
    const forged = await new SignJWT({
      iss: issuer.url,
      aud: AUDIENCE,
      exp: SECONDS + 300,
      repository: 'acme/wallet',
      ref: 'refs/heads/main',
    })
      .setProtectedHeader({ alg: 'HS256', kid: 'first' })
      .sign(new TextEncoder().encode(SCANNER));
    const [header, , signature] = (await ciToken()).split('.');
    const other = (await ciToken({ repository: 'acme/ledger' })).split('.')[1];
    const asked = issuer.asked;
    const attempts: [string, string | undefined, number][] = [
      ['nobody', '', 401],
      ['a wrong secret', `${SCANNER.slice(0, -1)}b`, 401],
      ['half a secret', SCANNER.slice(0, 12), 401],
      ['a user of the portal', mockCredentials.user.token(), 403],
      ['a service of the portal', mockCredentials.service.token(), 403],
      ['a token that has expired', await ciToken({ exp: SECONDS - 60 }), 401],
      ['a token that never expires', await ciToken({ exp: undefined }), 401],
      ['a token for another portal', await ciToken({ aud: 'other' }), 401],
      ['a token for nobody', await ciToken({ aud: undefined }), 401],
      [
        'a token of no repository',
        await ciToken({ repository: undefined }),
        401,
      ],
      ['a strange repository', await ciToken({ repository: 'a/b/c' }), 401],
      ['another branch', await ciToken({ ref: 'refs/pull/1/merge' }), 403],
      ['no branch', await ciToken({ ref: undefined }), 403],
      [
        'another issuer',
        await ciToken({ iss: 'http://127.0.0.1:1/evil' }),
        401,
      ],
      ['a shared secret as key', forged, 401],
      ['claims changed', [header, other, signature].join('.'), 401],
      ['no signature', [header, other, ''].join('.'), 401],
    ];
    for (const [who, token, expected] of attempts) {
      const { status, text } = await post({ facts: [fact()] }, token);
      expect([who, status]).toEqual([who, expected]);
      expect(text).not.toContain(SCANNER);
    }
    // Whatever they say, the keys are read once, from where the configuration says.
    expect(issuer.asked - asked).toBeLessThanOrEqual(1);
    expect(await facts()).toEqual([]);

    // The auth policy of the path counts below it, too.
    await request(server).post('/api/scorecards/facts/query').expect(401);
  });

  it('says when an issuer does not give its keys, and asks again', async () => {
    const { post } = await start();
    issuer.status = 500;
    const failed = await post({ facts: [fact()] }, await ciToken());
    expect([failed.status, failed.body.error.message]).toEqual([
      503,
      expect.stringContaining(`The keys of ${issuer.url} cannot be had`),
    ]);
    issuer.status = 200;
    expect((await post({ facts: [fact()] }, await ciToken())).status).toBe(200);
  });

  it('has one effect and one answer for one key', async () => {
    const { post, clock, keys } = await start();
    const body = { facts: [fact()] };
    const first = await post(body, SCANNER, 'run-1');
    expect(first.body.items[0].outcome).toBe('changed');
    clock.advance({ hours: 23 });
    const again = await post(body, SCANNER, 'run-1');
    expect([again.status, again.body]).toEqual([200, first.body]);

    const other = {
      facts: [fact({ payload: { passed: false, findings: [] } })],
    };
    const conflict = await post(other, SCANNER, 'run-1');
    expect([conflict.status, conflict.body.error.message]).toEqual([
      409,
      expect.stringMatching(/^Idempotency-Key: was used for another body/),
    ]);
    expect(await knex('facts')).toHaveLength(1);

    // Somebody else's key of that name is another key.
    const ci = await post(
      body,
      await ciToken({ exp: SECONDS + 90_000 }),
      'run-1',
    );
    expect(ci.body.items[0].outcome).toBe('confirmed');

    clock.advance({ hours: 1 });
    expect(await keys.purge()).toBe(1);
    const later = { facts: [fact({ observedAt: clock.now().toISOString() })] };
    const expired = await post(later, SCANNER, 'run-1');
    expect(expired.body.items[0].outcome).toBe('confirmed');
  });

  it('takes a key again whose request was refused, or that has expired', async () => {
    const { post, clock } = await start();
    const refused = await post(
      { facts: [fact({ payload: {} })] },
      SCANNER,
      'k',
    );
    expect(refused.status).toBe(400);
    expect((await post({ facts: [fact()] }, SCANNER, 'k')).status).toBe(200);
    clock.advance({ hours: 24 });
    const other = { facts: [fact({ entityRef: 'component:ledger' })] };
    expect((await post(other, SCANNER, 'k')).status).toBe(200);
    const strange = await post(other, SCANNER, 'a b');
    expect(strange.body.error.message).toMatch(
      /^idempotency-key: must be 1 to/,
    );
  });

  it('has one effect for a key that comes many times at once', async () => {
    const { post } = await start();
    const bodies = [true, false].map(ok => ({
      facts: [fact({ payload: { passed: ok, findings: [] } })],
    }));
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => post(bodies[n % 2], SCANNER, 'k')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array(5).fill(200),
      ...Array(5).fill(409),
    ]);
    const outcomes = answers.flatMap(
      ({ body }) => body.items?.[0].outcome ?? [],
    );
    expect(outcomes).toEqual(Array(5).fill('changed'));
    expect(await knex('facts')).toHaveLength(1);
  });
});
