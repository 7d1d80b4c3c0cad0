import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { decodeJwt } from 'jose';
import request from 'supertest';
import {
  APP_URL,
  group,
  startAuthBackend,
  user,
} from '../__testUtils__/backend';
import { createPersonasProviderFactory } from './createPersonasProviderFactory';
import { readPersonas } from './readPersonas';

const PERSONAS = ['dev-checkout', 'lead-payments', 'not-yet'].map(login => ({
  login,
  role: 'Developer',
  title: `Title of ${login}`,
  description: `What ${login} does.`,
}));
const CONFIG = {
  auth: { providers: { personas: {} } },
  waymark: { auth: { personas: PERSONAS } },
};
const ENTITIES = [
  user('dev-checkout', {
    email: 'dev-checkout@acme.example',
    memberOf: ['checkout'],
  }),
  user('lead-payments', { memberOf: ['payments'] }),
  user('somebody-else'),
  group('payments', ['checkout', 'ledger']),
  group('checkout', ['checkout-web']),
  group('checkout-web', ['payments']),
  group('ledger'),
];

const signIn = (
  server: Parameters<typeof request>[0],
  body: object = { login: 'dev-checkout' },
) =>
  request(server)
    .post('/api/auth/personas/refresh?env=development')
    .set('X-Requested-With', 'XMLHttpRequest')
    .send(body);

describe('personas', () => {
  it('are listed without a session and without the catalog', async () => {
    const { server } = await startAuthBackend({ entities: [], config: CONFIG });
    const response = await request(server).get('/api/auth/personas/list');
    expect(response.status).toBe(200);
    expect(response.body.personas[0]).toEqual({
      ...PERSONAS[0],
      entityRef: 'user:default/dev-checkout',
    });
  });

  it('sign in as the catalog user, owning what the groups further down own', async () => {
    const { server } = await startAuthBackend({
      entities: ENTITIES,
      config: CONFIG,
    });
    const ownership = async (login: string) => {
      const response = await signIn(server, { login });
      expect(response.status).toBe(200);
      const { token } = response.body.backstageIdentity;
      expect(decodeJwt(token).sub).toBe(`user:default/${login}`);
      const info = await request(server)
        .get('/api/auth/v1/userinfo')
        .set('Authorization', `Bearer ${token}`);
      return info.body.claims.ent.sort();
    };
    const response = await signIn(server);
    expect(response.body.profile).toEqual({
      displayName: 'The dev-checkout',
      email: 'dev-checkout@acme.example',
    });
    // The tree of groups holds a cycle, which must end.
    expect(await ownership('lead-payments')).toEqual([
      'group:default/checkout',
      'group:default/checkout-web',
      'group:default/ledger',
      'group:default/payments',
      'user:default/lead-payments',
    ]);
  });

  it('cannot be anybody who is not configured', async () => {
    const { server } = await startAuthBackend({
      entities: ENTITIES,
      config: CONFIG,
    });
    const response = await signIn(server, { login: 'somebody-else' });
    expect(response.status).toBe(403);
    expect(response.body.error.message).toContain(
      "'somebody-else' is not one of waymark.auth.personas",
    );
    const malformed = await signIn(server, { user: 'dev-checkout' });
    expect(malformed.status).toBe(400);
    expect(malformed.body.error.message).toContain('login');
  });

  it('are refused to pages of other sites', async () => {
    const { server } = await startAuthBackend({
      entities: ENTITIES,
      config: CONFIG,
    });
    const own = await signIn(server).set('Origin', APP_URL);
    expect(own.status).toBe(200);

    const foreign = await signIn(server).set('Origin', 'http://evil.example');
    expect(foreign.status).toBe(403);
    const rebound = await signIn(server).set('Host', 'evil.example:7007');
    expect(rebound.status).toBe(403);
    const simple = await request(server)
      .post('/api/auth/personas/refresh')
      .send({ login: 'dev-checkout' });
    expect(simple.status).toBe(403);
    const get = await request(server)
      .get('/api/auth/personas/refresh')
      .set('X-Requested-With', 'XMLHttpRequest');
    expect(get.status).toBe(403);
  });

  it('say that the catalog is still loading, and when somebody is missing from it', async () => {
    const clock = ManualClock.at('2026-06-01T08:00:00Z');
    const empty = await startAuthBackend({
      entities: [],
      config: CONFIG,
      clock,
    });
    clock.advance('PT12S');
    const loading = await signIn(empty.server);
    expect(loading.status).toBe(503);
    expect(loading.body.error.message).toBe(
      'The catalog is still loading people from Git, 12 s after the start. Try again in a few seconds.',
    );

    const loaded = await startAuthBackend({
      entities: ENTITIES,
      config: CONFIG,
    });
    const missing = await signIn(loaded.server, { login: 'not-yet' });
    expect(missing.status).toBe(503);
    expect(missing.body.error.message).toContain(
      'user:default/not-yet is not in the catalog yet',
    );
  });

  it('do not exist unless they are configured', async () => {
    const { server } = await startAuthBackend({
      entities: ENTITIES,
      config: { auth: { providers: {} }, waymark: CONFIG.waymark },
    });
    expect((await signIn(server)).status).toBe(404);
    expect((await request(server).get('/api/auth/personas/list')).status).toBe(
      404,
    );
  });

  it('cannot be made under NODE_ENV=production', () => {
    const before = process.env.NODE_ENV;
    try {
      Object.assign(process.env, { NODE_ENV: 'production' });
      expect(() =>
        createPersonasProviderFactory({
          personas: PERSONAS,
          readiness: {} as never,
        }),
      ).toThrow('for development only');
    } finally {
      Object.assign(process.env, { NODE_ENV: before });
    }
  });

  it('name the entry and the field of a wrong configuration', () => {
    const [first, second] = PERSONAS;
    expect(() =>
      readPersonas(
        mockServices.rootConfig({
          data: {
            waymark: { auth: { personas: [first, { ...second, title: 7 }] } },
          },
        }),
      ),
    ).toThrow(/waymark\.auth\.personas.*\[1\]\.title/s);
  });
});
