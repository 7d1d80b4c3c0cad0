import { createBackendPlugin } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  eventsServiceFactory,
  eventsServiceRef,
} from '@backstage/plugin-events-node';
import catalogModuleWaymark from '@waymark/catalog-backend-module-waymark';
import {
  entityHistorySchema,
  entityScoresSchema,
  RESULTS_CHANGED_TOPIC,
} from '@waymark/scorecards-common';
import { eventually, testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import request from 'supertest';
import { aFactSource, aScorecard } from './__testUtils__/definitions';
import {
  catalogConfig,
  databasesOf,
  PortalRepository,
} from './__testUtils__/PortalRepository';
import scorecardsPlugin from './index';

jest.setTimeout(180_000);

/** Another plugin, which hears of new results. */
const listener = (heard: unknown[]) =>
  createBackendPlugin({
    pluginId: 'listener',
    register({ registerInit }) {
      registerInit({
        deps: { events: eventsServiceRef },
        init: ({ events }) =>
          events.subscribe({
            id: 'listener',
            topics: [RESULTS_CHANGED_TOPIC],
            onEvent: async ({ eventPayload }) => {
              heard.push(eventPayload);
            },
          }),
      });
    },
  });

const SECRET = 'q8Zr5tXw1NcV7bMk4JhG9dSa';
const described: Entity[] = [
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'api' },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/platform',
    },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'platform' },
    spec: { type: 'team', children: [] },
  },
  aFactSource('scan', { writers: [{ token: 'scanner' }] }),
  aScorecard('basics', ['facts.scan.tests >= 3']),
];

const databases = testDatabases();

describe.each(databases.eachSupportedId())('a pushed fact on %s', id => {
  let backend: TestBackend;
  afterEach(() => backend?.stop());

  it('becomes a result, with its proof, its cause and its history', async () => {
    const clients: Record<string, Knex> = {
      catalog: await databases.init(id),
      scorecards: await databases.init(id),
    };
    const repository = new PortalRepository();
    const heard: unknown[] = [];
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleWaymark,
        scorecardsPlugin,
        listener(heard),
        // The mock has an event bus for each plugin.
        eventsServiceFactory,
        repository.feature,
        databasesOf(plugin => clients[plugin] ?? clients.catalog),
        mockServices.rootSystemMetadata.factory(),
        mockServices.rootConfig.factory({
          data: {
            ...catalogConfig,
            scorecards: {
              push: {
                services: [
                  {
                    subject: 'scanner',
                    secret: SECRET,
                    sources: ['scan'],
                    entities: 'all',
                  },
                ],
              },
            },
          },
        }),
      ],
    });
    await repository.write(...described);
    const url = 'https://scanner.example/runs/7';
    const push = (tests: number) =>
      request(backend.server)
        .post('/api/scorecards/facts')
        .set('Authorization', `Bearer ${SECRET}`)
        .send({
          facts: [
            {
              entityRef: 'component:default/api',
              source: 'scan',
              payload: { readme: true, tests },
              observedAt: new Date().toISOString(),
              url,
            },
          ],
        });
    const get = async (path: string) => {
      const { body } = await request(backend.server)
        .get(`/api/scorecards/entities/component/default/api/${path}`)
        .set('Authorization', mockCredentials.user.header());
      return body;
    };
    const scored = (state: string) =>
      eventually(async () => {
        const scores = await get('scores');
        const [score] = scores.scorecards ?? [];
        return score?.checks[0].state === state ? scores : undefined;
      }, 30_000);

    // Refused until the source is adopted and the entity is known.
    await eventually(async () => {
      const { status } = await push(2);
      return status === 200 || undefined;
    }, 60_000);
    await scored('fail');
    const began = performance.now();
    expect((await push(3)).body.items[0].outcome).toBe('changed');
    const scores = await scored('pass');
    expect(performance.now() - began).toBeLessThan(10_000);
    entityScoresSchema.parse(scores);
    expect(scores.scorecards[0]).toMatchObject({
      scorecard: 'basics',
      level: 'bronze',
      cause: 'fact',
      causeDetail: 'scan',
    });
    const proof = await get('checks/basics/check-0/proof');
    expect(proof.facts).toEqual([
      expect.objectContaining({
        source: 'scan',
        collector: 'token:scanner',
        url,
      }),
    ]);
    const history = entityHistorySchema.parse(await get('history'));
    expect(
      history.items.slice(0, 2).map(({ changes }) => changes[0]?.to),
    ).toEqual(['pass', 'fail']);
    expect(heard).toContainEqual({ sequence: expect.any(Number) });
  });
});
