import { TestDatabaseId } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import { kubernetesPermissions } from '@backstage/plugin-kubernetes-common';
import {
  scaffolderPermissions,
  templateManagementPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { scorecardsPermissions } from '@waymark/scorecards-common';
import request from 'supertest';
import {
  PERSONAS,
  Persona,
  TEMPLATE,
  startPortal,
} from './__testUtils__/portal';
import { matrix } from './matrix';

jest.setTimeout(120_000);

const YESTERDAY = new Date(Date.now() - 24 * 60 * 60 * 1_000).toISOString();
const ALL = Object.keys(PERSONAS) as Persona[];
const ONLY = (...allowed: Persona[]) => allowed;
const EXCEPT = (...refused: Persona[]) =>
  ALL.filter(persona => !refused.includes(persona));

type Server = Awaited<ReturnType<typeof startPortal>>['server'];

const databases = testDatabases();

/** The configuration of a database of the test's own; in PostgreSQL, each plugin has a schema in it. */
async function databaseConfig(id: TestDatabaseId): Promise<JsonObject> {
  if (id === 'SQLITE_3') {
    return { client: 'better-sqlite3', connection: ':memory:' };
  }
  const { client } = await databases.init(id);
  const { host, port, user, password, database } = client.config.connection;
  return {
    client: 'pg',
    connection: { host, port, user, password, database },
    pluginDivisionMode: 'schema',
  };
}

describe.each(databases.eachSupportedId())(
  'who may do what, over HTTP, on %s',
  databaseId => {
    let server: Server;
    const tokens = new Map<Persona, string>();

    const call = (
      method: string,
      path: string,
      options: { as?: Persona; body?: object } = {},
    ) => {
      const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
      const pending = request(server)[verb](`/api${path}`);
      if (options.as) {
        pending.set('Authorization', `Bearer ${tokens.get(options.as)}`);
      }
      return options.body ? pending.send(options.body) : pending;
    };

    async function until<T>(probe: () => Promise<T | undefined>): Promise<T> {
      for (let attempt = 0; attempt < 600; attempt++) {
        const value = await probe();
        if (value !== undefined) {
          return value;
        }
        await new Promise(resolve => {
          setTimeout(resolve, 100);
        });
      }
      throw new Error('Gave up waiting');
    }

    const uidOf = (name: string) =>
      until(async () => {
        const found = await call(
          'GET',
          `/catalog/entities/by-name/component/default/${name}`,
          { as: 'auditor' },
        );
        return found.body.metadata?.uid as string | undefined;
      });

    async function signIn(login: Persona): Promise<void> {
      const response = await until(async () => {
        const answer = await request(server)
          .post('/api/auth/personas/refresh')
          .set('X-Requested-With', 'XMLHttpRequest')
          .send({ login });
        return answer.status === 200 ? answer : undefined;
      });
      tokens.set(login, response.body.backstageIdentity.token);
    }

    beforeAll(async () => {
      ({ server } = await startPortal(await databaseConfig(databaseId)));
      await signIn('auditor');
      await uidOf('shop');
      await uidOf('doomed');
      await until(async () => {
        const scores = await call(
          'GET',
          '/scorecards/entities/component/default/shop/scores',
          { as: 'auditor' },
        );
        return scores.status === 200 ? true : undefined;
      });
      // What a session owns is read from the tree of groups when it begins, so the tree has to be there.
      await until(async () => {
        const groups = await call(
          'GET',
          '/catalog/entities?filter=kind=group',
          {
            as: 'auditor',
          },
        );
        return groups.body.length === 7 ? true : undefined;
      });
      for (const login of ALL) {
        await signIn(login);
      }
    });

    const rows: Array<{
      title: string;
      method: string;
      path: string;
      body?: object;
      allowed: Persona[];
      status: number;
    }> = [
      {
        title: 'read the catalog',
        method: 'GET',
        path: '/catalog/entities/by-name/component/default/shop',
        allowed: ALL,
        status: 200,
      },
      {
        title: 'validate an entity',
        method: 'POST',
        path: '/catalog/validate-entity',
        body: { entity: TEMPLATE, location: 'url:https://example.com/a.yaml' },
        allowed: ALL,
        status: 200,
      },
      {
        title: 'refresh an entity of team checkout',
        method: 'POST',
        path: '/catalog/refresh',
        body: { entityRef: 'component:default/shop' },
        // Its team, whoever is above it, and the platform.
        allowed: ONLY(
          'dev-checkout',
          'lead-payments',
          'director',
          'platform-engineer',
        ),
        status: 200,
      },
      {
        title: 'read the scorecards',
        method: 'GET',
        path: '/scorecards/scorecards',
        allowed: ALL,
        status: 200,
      },
      {
        title: 'read the fact sources',
        method: 'GET',
        path: '/scorecards/fact-sources',
        allowed: ALL,
        status: 200,
      },
      {
        title: 'read the trend of a scorecard',
        method: 'GET',
        path: '/scorecards/scorecards/none/trend',
        allowed: ALL,
        // There is none in force here.
        status: 404,
      },
      {
        title: 'read what has moved',
        method: 'GET',
        path: `/scorecards/movers?since=${YESTERDAY}`,
        allowed: ALL,
        status: 200,
      },
      // It lacks everything, which only those learn who may.
      ...Object.entries({
        '/simulate': {},
        '/lab': {},
        '/lab/proofs': { entityRef: 'component:default/none' },
      }).map(([path, more]) => ({
        title: `see what a scorecard would say by ${path}`,
        method: 'POST' as const,
        path: `/scorecards${path}`,
        body: {
          definition: {
            apiVersion: 'waymark.dev/v1',
            kind: 'Scorecard',
            metadata: { name: 'none' },
            spec: {},
          },
          ...more,
        },
        allowed: ONLY('platform-engineer', 'security-1'),
        status: 400,
      })),
      {
        title: 'read the file of a scorecard, to edit it',
        method: 'GET',
        path: '/scorecards/lab/definitions/none',
        allowed: ONLY('platform-engineer', 'security-1'),
        // There is none here.
        status: 404,
      },
      {
        title: 'read how the collectors fare',
        method: 'GET',
        path: '/scorecards/collectors',
        allowed: ONLY('platform-engineer', 'security-1', 'auditor'),
        status: 200,
      },
      ...Object.entries({
        '/ledger': 200,
        '/ledger/head': 200,
        '/ledger/export': 200,
        // No definition was adopted here, and whoever may not read does not even learn that.
        '/ledger/proof/0': 404,
      }).map(([path, status]) => ({
        title: `read ${path} of the scorecards`,
        method: 'GET',
        path: `/scorecards${path}`,
        allowed: ONLY('platform-engineer', 'security-1', 'auditor'),
        status,
      })),
      {
        title: 'read the scores of an entity',
        method: 'GET',
        path: '/scorecards/entities/component/default/shop/scores',
        allowed: ALL,
        status: 200,
      },
      {
        title: 'read the facts of an entity',
        method: 'GET',
        path: '/scorecards/entities/component/default/shop/facts',
        allowed: ALL,
        status: 200,
      },
      {
        title: 'read the history of an entity',
        method: 'GET',
        path: '/scorecards/entities/component/default/shop/history',
        allowed: ALL,
        status: 200,
      },
      {
        title: 'read the outages of an entity',
        method: 'GET',
        path: '/scorecards/entities/component/default/shop/outages',
        allowed: ALL,
        status: 200,
      },
      ...['', '?approver=me', '?entity=component:default/shop'].map(query => ({
        title: `list exemptions ${query}`,
        method: 'GET',
        path: `/scorecards/exemptions${query}`,
        allowed: ALL,
        status: 200,
      })),
      {
        title: 'read an exemption',
        method: 'GET',
        path: '/scorecards/exemptions/none',
        allowed: ALL,
        status: 404,
      },
      {
        title: 'request an exemption of an entity of team checkout',
        method: 'POST',
        path: '/scorecards/exemptions',
        body: {
          scorecard: 'none',
          check: 'none',
          subject: { entities: ['component:default/shop'] },
          reason: 'No time',
          compensatingControl: 'By hand',
          plan: 'Next month',
          owner: 'group:default/checkout',
          expiresAt: '2100-01-01T00:00:00Z',
        },
        // Its team and whoever is above it; not even the platform for somebody else.
        allowed: ONLY('dev-checkout', 'lead-payments', 'director'),
        // There is no such scorecard, which only who may ask is told.
        status: 400,
      },
      ...['approve', 'reject'].map(verb => ({
        title: `${verb} an exemption`,
        method: 'POST',
        path: `/scorecards/exemptions/none/${verb}`,
        body: { comment: 'So be it' },
        // Which ones is said by the definitions; an auditor decides about none.
        allowed: EXCEPT('auditor'),
        status: 404,
      })),
      ...Object.entries({
        withdraw: {},
        renew: { expiresAt: '2100-01-01T00:00:00Z', reason: 'Delayed' },
        revoke: { comment: 'Done' },
      }).map(([verb, body]) => ({
        title: `${verb} an exemption that there is not`,
        method: 'POST',
        path: `/scorecards/exemptions/none/${verb}`,
        body,
        // Who may is decided by whom it belongs to, so the answer is the same for all where there is none.
        allowed: ALL,
        status: 404,
      })),
      {
        title: 'see the badge of an entity',
        method: 'GET',
        path: '/scorecards/entities/component/default/shop/badge.svg?scorecard=basics',
        allowed: ALL,
        status: 200,
      },
      {
        title: 'read the scores of many entities',
        method: 'POST',
        path: '/scorecards/scores/query',
        body: { entityRefs: ['component:default/shop'] },
        allowed: ALL,
        status: 200,
      },
      {
        title: 'read the stored results of many entities',
        method: 'POST',
        path: '/scorecards/results/query',
        body: { entityRefs: ['component:default/shop'] },
        allowed: ALL,
        status: 200,
      },
      {
        title: 'read the facts of many entities',
        method: 'POST',
        path: '/scorecards/facts/query',
        body: { entityRefs: ['component:default/shop'] },
        allowed: ALL,
        status: 200,
      },
      {
        title: 'have an entity of team checkout evaluated',
        method: 'POST',
        path: '/scorecards/entities/component/default/shop/evaluate',
        allowed: ONLY(
          'dev-checkout',
          'lead-payments',
          'director',
          'platform-engineer',
        ),
        status: 200,
      },
      {
        title: 'read the feed of changes, which is for services',
        method: 'GET',
        path: '/scorecards/changes',
        allowed: [],
        status: 200,
      },
      {
        title: 'push a fact, which is for machines',
        method: 'POST',
        path: '/scorecards/facts',
        body: { facts: [] },
        allowed: [],
        status: 200,
      },
      {
        title: 'report a delivery event, which is for machines',
        method: 'POST',
        path: '/scorecards/delivery/events',
        body: { events: [] },
        allowed: [],
        status: 200,
      },
      {
        title: 'register a location',
        method: 'POST',
        path: '/catalog/locations',
        body: {
          type: 'url',
          target: 'https://github.com/acme/x/blob/main/a.yaml',
        },
        allowed: ONLY('platform-engineer'),
        status: 201,
      },
      {
        title: 'unregister a location',
        method: 'DELETE',
        path: '/catalog/locations/6f3c1e8e-0000-4000-8000-000000000000',
        allowed: ONLY('platform-engineer'),
        status: 404,
      },
      {
        title: 'dry-run a template',
        method: 'POST',
        path: '/scaffolder/v2/dry-run',
        body: { template: TEMPLATE, values: {}, directoryContents: [] },
        allowed: ONLY('platform-engineer'),
        status: 200,
      },
      {
        title: 'create from a template',
        method: 'POST',
        path: '/scaffolder/v2/tasks',
        body: { templateRef: 'template:default/greet', values: { name: 'x' } },
        allowed: EXCEPT('auditor'),
        status: 201,
      },
      {
        title: 'list the actions of templates',
        method: 'GET',
        path: '/scaffolder/v2/actions',
        allowed: ALL,
        status: 200,
      },
    ];

    it.each(rows)(
      'lets nobody $title who may not',
      async ({ method, path, body, allowed, status }) => {
        const outcome: Record<string, number> = {};
        const expected: Record<string, number> = {};
        for (const persona of ALL) {
          const response = await call(method, path, { as: persona, body });
          outcome[persona] = response.status;
          expected[persona] = allowed.includes(persona) ? status : 403;
        }
        expect(outcome).toEqual(expected);
        expect((await call(method, path, { body })).status).toBe(401);
      },
    );

    it('lets only the platform remove an entity, not even its owners', async () => {
      const path = `/catalog/entities/by-uid/${await uidOf('doomed')}`;
      for (const persona of EXCEPT('platform-engineer')) {
        expect([
          persona,
          (await call('DELETE', path, { as: persona })).status,
        ]).toEqual([persona, 403]);
      }
      const removed = await call('DELETE', path, { as: 'platform-engineer' });
      expect(removed.status).toBe(204);
    });

    it('tells the template editor who may use it', async () => {
      for (const persona of ALL) {
        const { body } = await call('POST', '/permission/authorize', {
          as: persona,
          body: {
            items: [{ id: '1', permission: templateManagementPermission }],
          },
        });
        expect([persona, body.items[0].result]).toEqual([
          persona,
          persona === 'platform-engineer' ? 'ALLOW' : 'DENY',
        ]);
      }
    });

    it('shows a run to who started it, and to those who answer for runs', async () => {
      const created = await call('POST', '/scaffolder/v2/tasks', {
        as: 'dev-checkout',
        body: { templateRef: 'template:default/greet', values: { name: 'x' } },
      });
      const path = `/scaffolder/v2/tasks/${created.body.id}`;
      const readers = ONLY(
        'dev-checkout',
        'platform-engineer',
        'security-1',
        'auditor',
      );
      for (const persona of ALL) {
        const { status } = await call('GET', path, { as: persona });
        expect([persona, status]).toEqual([
          persona,
          readers.includes(persona) ? 200 : 403,
        ]);
      }
      for (const persona of EXCEPT('dev-checkout', 'platform-engineer')) {
        const { status } = await call('POST', `${path}/cancel`, {
          as: persona,
        });
        expect([persona, status]).toEqual([persona, 403]);
      }
      const mine = await call('GET', '/scaffolder/v2/tasks', {
        as: 'dev-ledger',
      });
      const creators = mine.body.tasks.map(
        (task: { createdBy: string }) => task.createdBy,
      );
      expect(new Set(creators)).toEqual(new Set(['user:default/dev-ledger']));
    });

    it('denies what no row of the matrix names', async () => {
      const { body } = await call('POST', '/permission/authorize', {
        as: 'platform-engineer',
        body: {
          items: [
            {
              id: '1',
              permission: {
                type: 'basic',
                name: 'a.permission.of.tomorrow',
                attributes: {},
              },
            },
          ],
        },
      });
      expect(body.items[0].result).toBe('DENY');
    });

    it.each(['catalog', 'scaffolder', 'scorecards'])(
      'answers 401 to whoever is not signed in, on each route of %s',
      async plugin => {
        const spec = await call('GET', `/${plugin}/openapi.json`, {
          as: 'auditor',
        });
        expect(spec.status).toBe(200);
        const routes = Object.entries<Record<string, unknown>>(
          spec.body.paths,
        ).flatMap(([path, operations]) =>
          Object.keys(operations)
            .filter(method => /^(get|post|put|patch|delete)$/.test(method))
            .map(method => ({
              method,
              path: path.replace(/\{[^}]+\}/g, 'something'),
            })),
        );
        expect(routes.length).toBeGreaterThan(10);
        const answers = await Promise.all(
          routes.map(async ({ method, path }) => [
            `${method} ${path}`,
            (await call(method, `/${plugin}${path}`)).status,
          ]),
        );
        expect(answers.filter(([, status]) => status !== 401)).toEqual([]);
      },
    );
  },
);

describe('the matrix', () => {
  it('names every permission of the plugins it is for', () => {
    const names = [
      ...catalogPermissions,
      ...scaffolderPermissions,
      ...kubernetesPermissions,
      ...scorecardsPermissions,
    ].map(permission => permission.name);
    expect(names.filter(name => !matrix.has(name))).toEqual([]);
    expect([...matrix.keys()].filter(name => !names.includes(name))).toEqual(
      [],
    );
  });

  it('grants nothing to everybody that changes something, but creating from templates and what definitions decide', () => {
    const open = [...matrix]
      .filter(([, { users, writes }]) => users === 'all' && writes)
      .map(([name]) => name);
    expect(open.sort()).toEqual([
      'scaffolder.action.execute',
      'scaffolder.task.create',
      // To nobody but the groups that a scorecard names, and the service sees to that.
      'scorecards.exemption.decide',
    ]);
  });
});
