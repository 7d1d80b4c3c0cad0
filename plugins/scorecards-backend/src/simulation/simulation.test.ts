import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  TestDatabaseId,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { Simulation, simulationSchema } from '@waymark/scorecards-common';
import { eventually, testDatabases } from '@waymark/waymark-node/testUtils';
import express from 'express';
import { once } from 'node:events';
import { request as open } from 'node:http';
import { AddressInfo } from 'node:net';
import request from 'supertest';
import { WRITTEN_BY_TESTS } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import { EntityStore } from '../entities/EntityStore';
import { ResultReader } from '../results/ResultReader';
import {
  BASICS,
  basics,
  createSimulationWorld,
  GIT,
  onlyNamed,
  ref,
} from './__testUtils__/createSimulationWorld';
import { createSimulationRouter } from './createSimulationRouter';
import { OneAtATime } from './OneAtATime';
import { Simulator } from './Simulator';

jest.setTimeout(180_000);

const databases = testDatabases();

async function create(id: TestDatabaseId) {
  const world = await createSimulationWorld(databases, id);
  const { reads, simulator } = world;
  const app = (given: Pick<Simulator, 'simulate'> = simulator) =>
    express()
      .use(
        createSimulationRouter({
          ...reads,
          simulator: given,
          httpAuth: mockServices.httpAuth(),
        }),
      )
      .use(mockErrorHandler());
  const post = (definition: object, query = '', factSources?: object[]) =>
    request(app())
      .post(`/simulate${query}`)
      .set('Authorization', mockCredentials.user.header())
      .send({ definition, factSources });
  async function simulate(
    definition: Entity,
    query?: string,
    factSources?: object[],
  ): Promise<Simulation> {
    const { status, body } = await post(definition, query, factSources);
    expect([status, body]).toEqual([200, body]);
    return simulationSchema.parse(body);
  }
  return { ...world, app, post, simulate };
}

/** What may be merged, with the headline of what it does. */
const CHANGES: Array<[string, Entity, object]> = [
  ['nothing', BASICS, { changed: 0, entities: 7, before: 7 }],
  [
    'a higher threshold',
    basics(['facts.git.readme', 'facts.git.tests > 5']),
    { changed: 2, down: 2, up: 0, teams: 2 },
  ],
  [
    'a lower threshold',
    basics(['facts.git.readme', 'facts.git.tests > 1']),
    { changed: 2, up: 1, down: 0 },
  ],
  [
    'another scope',
    basics(['facts.git.readme', 'facts.git.tests > 3'], {
      appliesTo: { kind: 'Component', 'spec.type': 'service' },
    }),
    { changed: 3, leaves: 3, entities: 4, before: 7 },
  ],
  [
    'a new scorecard',
    aScorecard('fresh', ['facts.git.tests > 4']),
    { changed: 7, enters: 7, before: 0 },
  ],
];

describe.each(databases.eachSupportedId())('a simulation on %s', id => {
  it.each(CHANGES)(
    'of %s lists exactly what moves when it is merged, and stores nothing',
    async (_, definition, summary) => {
      const { simulate, define, engine, knex, clock } = await create(id);
      const results = ResultReader.of(knex);
      const tables = async () =>
        Promise.all(
          ['results', 'result_scorecards', 'result_layouts', 'dirty'].map(
            async table => (await knex(table)).length,
          ),
        );
      const stored = await tables();
      const simulated = await simulate(definition);
      expect(simulated.summary).toMatchObject(summary);
      expect(await tables()).toEqual(stored);

      const last = await results.lastSeq();
      clock.advance({ minutes: 1 });
      const others = [BASICS, aScorecard('other', ['facts.git.tests > 2'])];
      await define(
        GIT,
        ...others.filter(
          ({ metadata }) => metadata.name !== definition.metadata.name,
        ),
        definition,
      );
      await engine.runOnce();
      const moved = await results.changes(last, 500);
      const refs = new Map(
        (
          await EntityStore.of(knex).byIds(
            moved.map(({ entityId }) => entityId),
          )
        ).map(entity => [entity.id, entity.ref]),
      );
      expect(
        moved
          .map(({ entityId, scorecard, cause, points }) => ({
            entityRef: refs.get(entityId),
            scorecard,
            cause,
            points: points === undefined ? null : points / 10_000,
          }))
          .sort((a, b) => (a.entityRef! < b.entityRef! ? -1 : 1)),
      ).toEqual(
        simulated.transitions
          .map(({ entityRef, to }) => ({
            entityRef,
            scorecard: definition.metadata.name,
            cause: 'definition',
            points: to?.points ?? null,
          }))
          .sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1)),
      );
    },
  );

  it('tells from what to what, those that fall first, and check by check', async () => {
    const { simulate } = await create(id);
    const { summary, transitions, asOf } = await simulate(
      basics([
        'facts.git.readme',
        'facts.git.tests > 5',
        'facts.git.tests > 6',
      ]),
    );
    expect(asOf).toBe('2026-03-01T12:00:00.000Z');
    expect(transitions.map(one => [one.direction, one.entityRef])).toEqual([
      ['down', ref('c')],
      ['down', ref('d')],
      ['down', ref('e')],
      ['same', ref('a')],
    ]);
    expect(transitions[0]).toMatchObject({
      owner: 'group:default/team-2',
      type: 'website',
      from: { level: 'bronze', levelTitle: 'Bronze', points: 1 },
      to: { level: null, points: 0.3333 },
      checks: [
        { check: 'check-1', from: 'pass', to: 'fail' },
        { check: 'check-2', from: null, to: 'fail' },
      ],
    });
    expect(summary).toMatchObject({
      changed: 4,
      down: 3,
      teams: 3,
      levels: [{ from: 'bronze', fromTitle: 'Bronze', to: null, entities: 3 }],
      owners: [{ changed: 2, down: 1 }, { changed: 1 }, { changed: 1 }],
    });
  });

  it('comes in pages', async () => {
    const { simulate } = await create(id);
    const changed = aScorecard('fresh', ['facts.git.tests > 4']);
    const whole = await simulate(changed);
    const refs: string[] = [];
    let query: string | undefined = '?limit=3';
    while (query) {
      const page: Simulation = await simulate(changed, query);
      expect(page.summary).toEqual(whole.summary);
      refs.push(...page.transitions.map(({ entityRef }) => entityRef));
      query = page.cursor && `?limit=3&cursor=${page.cursor}`;
    }
    expect(refs).toEqual(whole.transitions.map(({ entityRef }) => entityRef));
  });

  it('takes the fact sources of the same change', async () => {
    const { simulate, clock } = await create(id);
    clock.advance({ hours: 2 });
    const short = aFactSource('git', {
      ...WRITTEN_BY_TESTS,
      staleAfter: 'PT1H',
    });
    const { transitions } = await simulate(BASICS, '', [short]);
    expect(transitions).toHaveLength(6);
    expect(transitions[0].checks[0]).toMatchObject({ to: 'unknown' });
    const more = aFactSource('more', WRITTEN_BY_TESTS);
    const asks = basics(['facts.git.readme', 'facts.more.readme']);
    expect((await simulate(asks, '', [more])).summary.entities).toBe(7);
  });

  it('says with path, reason and nearest name what could not be adopted', async () => {
    const { post } = await create(id);
    const wrong = await post(basics(['facts.git.redme']));
    expect([wrong.status, wrong.body.error.message]).toEqual([
      400,
      'spec.checks[0].rule: line 1, column 11: unknown fact git.redme: did you mean git.readme?',
    ]);
    expect(wrong.body.error.problems).toEqual([
      { path: 'spec.checks[0].rule', reason: expect.any(String) },
    ]);
    for (const [definition, sources, message] of [
      [
        { ...BASICS, spec: {} },
        [],
        /^spec.owner: .*; spec.appliesTo: .*; spec.levels: /,
      ],
      [{ ...BASICS, kind: 'Component' }, [], /^definition.kind: /],
      [BASICS, [{ ...GIT, spec: {} }], /^factSources\[0\]\.spec\.id: /],
      [
        BASICS,
        [aFactSource('git', {}, { name: 'twin' })],
        /^spec.id: twin: there is a fact source "git" already$/,
      ],
    ] as const) {
      const { status, body } = await post(definition, '', [...sources]);
      expect([status, body.error.message]).toEqual([
        400,
        expect.stringMatching(message),
      ]);
    }
  });

  it('is for those who may, and tells them only of what they may read', async () => {
    const { post, simulate, policy } = await create(id);
    policy['catalog.entity.read'] = onlyNamed('c');
    const { summary, transitions } = await simulate(
      basics(['facts.git.readme', 'facts.git.tests > 5']),
    );
    expect(summary).toMatchObject({ entities: 1, before: 1, changed: 1 });
    expect(transitions.map(({ entityRef }) => entityRef)).toEqual([ref('c')]);
    policy['scorecards.definition.simulate'] = { result: 'DENY' } as never;
    expect((await post(BASICS)).status).toBe(403);
  });

  it('ends when nobody waits for it any more', async () => {
    const { app } = await create(id);
    let signal: AbortSignal | undefined;
    const server = app({
      simulate: async (_, __, given) => {
        signal = given;
        return new Promise((___, reject) => {
          given.addEventListener('abort', () => reject(given.reason));
        });
      },
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const call = open({
      host: '127.0.0.1',
      port: (server.address() as AddressInfo).port,
      path: '/simulate',
      method: 'POST',
      headers: {
        authorization: mockCredentials.user.header(),
        'content-type': 'application/json',
      },
    });
    call.on('error', () => {});
    call.end(JSON.stringify({ definition: BASICS }));
    await eventually(async () => signal && true, 5_000);
    expect(signal!.aborted).toBe(false);
    call.destroy();
    await eventually(async () => signal!.aborted || undefined, 5_000);
    await new Promise(resolve => {
      server.close(resolve);
    });
  });
});

describe('a line', () => {
  const never = new AbortController().signal;

  it('runs one at a time, in order, whatever becomes of each, and lets few wait', async () => {
    const line = OneAtATime.create({ mostWaiting: 2 });
    const log: string[] = [];
    const job =
      (name: string, fails = false) =>
      async () => {
        log.push(`${name} begins`);
        await new Promise(resolve => {
          setTimeout(resolve, 5);
        });
        log.push(`${name} ends`);
        if (fails) throw new Error('no');
        return name;
      };
    const gone = new AbortController();
    const runs = [
      line.run(job('a', true), never),
      line.run(job('b'), gone.signal),
      line.run(job('c'), never),
    ];
    gone.abort();
    await expect(line.run(job('d'), never)).rejects.toThrow(
      'One simulation runs at a time, and 2 are waiting',
    );
    expect(
      (await Promise.allSettled(runs)).map(({ status }) => status),
    ).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a begins', 'a ends', 'c begins', 'c ends']);
    expect(await line.run(job('e'), never)).toBe('e');
  });
});
