import { TestBackend } from '@backstage/backend-test-utils';
import { deliveryPushAnswerSchema } from '@waymark/scorecards-common';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import request from 'supertest';
import { createIntake, NOW, world } from '../intake/__testUtils__/createIntake';
import { startPush } from '../intake/__testUtils__/startPush';
import { TestIssuer } from '../intake/__testUtils__/TestIssuer';
import { createDeliveryRouter } from './createDeliveryRouter';
import { DELIVERY_EVENTS, DeliveryEventStore } from './DeliveryEventStore';
import { DeliveryIntake } from './DeliveryIntake';

jest.setTimeout(120_000);

const PIPELINES = 'q8Zr5tXw1NcV7bMk4JhG9dSa';
const SCANNER = 'p3Lm6kQn8RvT2yUj5HgF7dXc';
const AUDIENCE = 'https://waymark.example';
const built = {
  type: 'pipeline.finished',
  id: 'run-1/build',
  entityRef: 'component:default/wallet',
  commit: 'abcdef0123',
  startedAt: '2026-03-01T11:00:00Z',
  finishedAt: '2026-03-01T11:05:00Z',
  step: 'build',
  tool: 'maven',
  version: '3.9.9',
  digest: `sha256:${'0'.repeat(64)}`,
  result: 'success',
  url: 'https://forge.example/acme/wallet/runs/1',
};
const deployed = {
  type: 'deployment.finished',
  id: 'run-1/deploy',
  entityRef: 'component:default/wallet',
  commit: 'abcdef0123',
  finishedAt: '2026-03-01T11:10:00Z',
  environment: 'production',
  digest: `sha256:${'0'.repeat(64)}`,
  result: 'failure',
};
const merged = {
  type: 'change.merged',
  id: 'pull/7',
  entityRef: 'component:default/wallet',
  commit: 'abcdef0123',
  openedAt: '2026-02-27T09:00:00Z',
  firstCommitAt: '2026-02-26T09:00:00Z',
  mergedAt: '2026-03-01T10:55:00Z',
  number: 7,
};

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'POST /delivery/events on %s',
  id => {
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
      const { clock, lookup } = await createIntake(knex, world());
      await knex(DELIVERY_EVENTS).delete();
      await knex('delivery_head').update({ sequence: 0 });
      backend = await startPush({
        push: {
          services: [
            {
              subject: 'pipelines',
              secret: PIPELINES,
              delivery: true,
              entities: { 'metadata.name': 'wallet' },
            },
            { subject: 'scanner', secret: SCANNER, entities: 'all' },
          ],
          ci: [
            {
              issuer: issuer.url,
              host: 'forge.example',
              audience: AUDIENCE,
              delivery: true,
            },
          ],
        },
        clock,
        mount: ({ httpRouter, authenticator }) =>
          httpRouter.use(
            createDeliveryRouter({
              delivery: DeliveryIntake.create({
                knex,
                entities: lookup,
                clock,
              }),
              authenticator,
            }),
          ),
      });
      const { server } = backend;
      const post = (events: unknown, token: string = PIPELINES) =>
        request(server)
          .post('/api/scorecards/delivery/events')
          .set('Authorization', `Bearer ${token}`)
          .send({ events });
      const stored = () =>
        DeliveryEventStore.of(knex).list({ after: 0, limit: 100 });
      return { post, stored };
    }

    it('stores what happened once, however often and in whatever order it comes', async () => {
      const { post, stored } = await start();
      const first = await post([deployed, built]);
      expect([first.status, first.body]).toEqual([
        200,
        {
          items: [deployed, built].map(({ id: eventId, entityRef }) => ({
            id: eventId,
            entityRef,
            outcome: 'stored',
          })),
        },
      ]);
      deliveryPushAnswerSchema.parse(first.body);

      // The same instant and the same entity, spelled otherwise.
      const again = {
        ...built,
        entityRef: 'Component:wallet',
        finishedAt: '2026-03-01T12:05:00+01:00',
      };
      const token = await issuer.token({
        aud: AUDIENCE,
        exp: Date.parse(NOW) / 1_000 + 300,
        repository: 'acme/wallet',
      });
      const second = await post([again, merged, merged], token);
      expect(second.body.items).toMatchObject([
        { id: 'run-1/build', outcome: 'known' },
        { id: 'pull/7', outcome: 'stored' },
        { id: 'pull/7', outcome: 'known' },
      ]);
      expect(await stored()).toEqual([
        {
          sequence: 1,
          entityId: 1,
          writer: 'token:pipelines',
          occurredAt: new Date(deployed.finishedAt),
          receivedAt: new Date(NOW),
          event: { ...deployed, finishedAt: '2026-03-01T11:10:00.000Z' },
        },
        expect.objectContaining({
          sequence: 2,
          event: {
            ...built,
            startedAt: '2026-03-01T11:00:00.000Z',
            finishedAt: '2026-03-01T11:05:00.000Z',
          },
        }),
        expect.objectContaining({
          sequence: 3,
          writer: 'ci:forge.example/acme/wallet',
          occurredAt: new Date(merged.mergedAt),
        }),
      ]);
    });

    it('stores one of the same events that come at the same time', async () => {
      const { post, stored } = await start();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => post([built, merged])),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
      const outcomes = answers.flatMap(({ body }) => body.items);
      expect(outcomes.filter(one => one.outcome === 'stored')).toHaveLength(2);
      expect((await stored()).map(({ sequence }) => sequence)).toEqual([1, 2]);
    });

    it.each<[string, number, object, RegExp]>([
      [
        'an unknown type',
        400,
        { ...built, type: 'pipeline.started' },
        /^events\[1\]\.type: must be one of "pipeline.finished", .*, not "pipeline.started"/,
      ],
      [
        'no commit',
        400,
        { ...built, commit: 'main' },
        /^events\[1\]\.commit: must be the hexadecimal id of a commit/,
      ],
      [
        'a result that there is not',
        400,
        { ...deployed, result: 'ok' },
        /^events\[1\]\.result: must be one of/,
      ],
      [
        'a field of another type of event',
        400,
        { ...merged, environment: 'production' },
        /^events\[1\]\.environment: unknown key/,
      ],
      [
        'an id with spaces',
        400,
        { ...built, id: 'run 1' },
        /^events\[1\]\.id: must be 1 to 200 printable/,
      ],
      [
        'a digest that is none',
        400,
        { ...built, digest: 'latest' },
        /^events\[1\]\.digest: must be a digest/,
      ],
      [
        'the future',
        400,
        { ...merged, mergedAt: '2026-03-01T12:06:00Z' },
        /^events\[1\]\.mergedAt: .* is in the future/,
      ],
      [
        'an end before the beginning',
        400,
        { ...built, startedAt: '2026-03-01T11:06:00Z' },
        /^events\[1\]\.startedAt: must not be after finishedAt/,
      ],
      [
        'a link that runs code',
        400,
        { ...built, url: 'data:text/html,<script>alert(1)</script>' },
        /^events\[1\]\.url: must be an http or https URL/,
      ],
      [
        'the id of another event',
        409,
        { ...built, result: 'failure' },
        /^events\[1\]\.id: "run-1\/build" is the id of another event/,
      ],
      [
        'the entity of somebody else',
        403,
        { ...built, entityRef: 'component:default/ledger' },
        /^events\[1\]\.entityRef: token:pipelines may not write about component:default\/ledger/,
      ],
    ])(
      'refuses %s with %i, and all that came with it',
      async (_, expected, event, message) => {
        const { post, stored } = await start();
        const { status, body } = await post([built, event]);
        expect([status, body.error.message]).toEqual([
          expected,
          expect.stringMatching(message),
        ]);
        expect(await stored()).toEqual([]);
      },
    );

    it('refuses whoever is not told to report', async () => {
      const { post, stored } = await start();
      const { status, body } = await post([built], SCANNER);
      expect([status, body.error.message]).toEqual([
        403,
        'token:scanner is not configured to report delivery events',
      ]);
      expect((await post([built], 'guess')).status).toBe(401);
      expect((await post(Array(1_001).fill(built))).status).toBe(400);
      expect((await post([])).status).toBe(400);
      expect(await stored()).toEqual([]);
    });
  },
);
