import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  TestDatabaseId,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  LabAnswer,
  labAnswerSchema,
  LabProofs,
  labProofsSchema,
} from '@waymark/scorecards-common';
import { eventually, testDatabases } from '@waymark/waymark-node/testUtils';
import express from 'express';
import request from 'supertest';
import { WRITTEN_BY_TESTS } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import {
  BASICS,
  basics,
  createSimulationWorld,
  GIT,
  NAMES,
  onlyNamed,
  ref,
} from '../simulation/__testUtils__/createSimulationWorld';
import { CatalogCopies } from './CatalogCopies';
import { createLabRouter } from './createLabRouter';
import { RuleLab } from './RuleLab';

jest.setTimeout(180_000);

const databases = testDatabases();
const EVERYTHING = 128 * 1024 * 1024;
const FILE = 'https://forge.example/scorecards/basics.yaml';
const HIGHER = basics(['facts.git.readme', 'facts.git.tests > 5']);

async function create(id: TestDatabaseId, mostBytes = EVERYTHING) {
  const world = await createSimulationWorld(databases, id);
  const { reads, evaluator } = world;
  const copies = CatalogCopies.create({ ...world, mostBytes });
  const lab = RuleLab.create({ ...world, copies, readable: reads.readable });
  const appOf = (given: Pick<RuleLab, 'answer' | 'prepare' | 'prove'>) =>
    express()
      .use(
        createLabRouter({
          ...reads,
          lab: given,
          files: { read: async () => ({ url: FILE, text: '' }) },
          httpAuth: mockServices.httpAuth(),
        }),
      )
      .use(mockErrorHandler());
  const app = appOf(lab);
  const post = (path: string, body: object, user = 'user:default/mock') =>
    request(app)
      .post(path)
      .set('Authorization', mockCredentials.user.header(user))
      .send(body);
  async function ask(
    definition: Entity,
    query = '',
    factSources?: object[],
  ): Promise<LabAnswer> {
    const answer = await post(`/lab${query}`, { definition, factSources });
    expect([answer.status, answer.body]).toEqual([200, answer.body]);
    return labAnswerSchema.parse(answer.body);
  }
  async function prove(
    definition: Entity,
    entityRef: string,
  ): Promise<LabProofs> {
    const { status, body } = await post('/lab/proofs', {
      definition,
      entityRef,
    });
    expect([status, body]).toEqual([200, body]);
    return labProofsSchema.parse(body);
  }
  const keep = jest.spyOn(evaluator, 'keep');
  const evaluate = jest.spyOn(evaluator, 'evaluate');
  const get = (path: string) =>
    request(app).get(path).set('Authorization', mockCredentials.user.header());
  return {
    ...world,
    copies,
    lab,
    appOf,
    get,
    post,
    ask,
    prove,
    keep,
    evaluate,
  };
}

describe.each(databases.eachSupportedId())('the rule lab on %s', id => {
  afterAll(() => jest.restoreAllMocks());

  it('has evaluated a scorecard when its file has been read', async () => {
    const { get, ask, clock, evaluate } = await create(id);
    const before = evaluate.mock.calls.length;
    for (const name of ['basics', 'nope']) {
      const { status, body } = await get(`/lab/definitions/${name}`);
      expect([status, body.url]).toEqual([200, FILE]);
    }
    await eventually(
      async () => evaluate.mock.calls.length > before || undefined,
    );
    const times = evaluate.mock.calls.length;
    clock.advance({ seconds: 20 });
    const answer = await ask(BASICS);
    expect(answer.asOf).toBe('2026-03-01T12:00:00.000Z');
    expect(answer.summary.changed).toBe(0);
    expect(evaluate).toHaveBeenCalledTimes(times);
  });

  it('counts what each check says, today and as proposed', async () => {
    const { ask } = await create(id);
    const answer = await ask(
      basics(['facts.git.readme', 'facts.git.tests > 5', 'true']),
    );
    expect(answer).toMatchObject({
      scorecard: 'basics',
      asOf: '2026-03-01T12:00:00.000Z',
      summary: { entities: 7, before: 7 },
      matching: 7,
    });
    expect(answer.checks).toEqual([
      {
        ...{ id: 'check-0', title: expect.any(String), level: 'bronze' },
        before: { pass: 5, fail: 1, unknown: 1 },
        after: { pass: 5, fail: 1, unknown: 1 },
        moves: [],
      },
      {
        ...{ id: 'check-1', title: expect.any(String), level: 'bronze' },
        before: { pass: 4, fail: 2, unknown: 1 },
        after: { pass: 2, fail: 4, unknown: 1 },
        moves: [{ from: 'pass', to: 'fail', entities: 2 }],
      },
      {
        ...{ id: 'check-2', title: expect.any(String), level: 'bronze' },
        before: null,
        after: { pass: 7 },
        moves: [{ from: null, to: 'pass', entities: 7 }],
      },
    ]);
    const { checks } = await ask(
      basics(['facts.git.readme'], {
        appliesTo: { kind: 'Component', 'spec.type': 'service' },
      }),
    );
    expect(checks[1]).toMatchObject({
      id: 'check-1',
      before: { pass: 4, fail: 2, unknown: 1 },
      after: null,
    });
  });

  it('summarises as a simulation does', async () => {
    const { ask, simulator, reads } = await create(id);
    const { summary } = await ask(HIGHER);
    const simulated = await simulator.simulate(
      { definition: HIGHER as never, factSources: [] },
      await reads.readable.reader(mockCredentials.user()),
      new AbortController().signal,
    );
    expect(summary).toEqual(simulated.summary);
  });

  it('lists the entities behind each number, in pages, with all their checks', async () => {
    const { ask } = await create(id);
    const refsOf = async (query: string) =>
      (await ask(HIGHER, query)).entities.map(({ entityRef }) => entityRef);
    expect(await refsOf('?check=check-1&from=pass&to=fail')).toEqual(
      ['c', 'd'].map(ref),
    );
    expect(await refsOf('?check=check-1&to=pass')).toEqual(['e', 'f'].map(ref));
    expect(await refsOf('?check=check-0&moved=true')).toEqual([]);
    expect(await refsOf('?moved=true')).toEqual(['c', 'd'].map(ref));
    expect(await refsOf('?q=/BA')).toEqual([ref('bare')]);
    const fall = 'direction=down&fromLevel=bronze&toLevel=none';
    expect(await refsOf(`?${fall}`)).toEqual(['c', 'd'].map(ref));
    expect(await refsOf('?direction=down&toLevel=bronze')).toEqual([]);
    expect(await refsOf('?direction=up')).toEqual([]);
    expect(await refsOf(`?${fall}&owner=group:default/team-2`)).toEqual([
      ref('c'),
    ]);
    expect(await refsOf('?moved=true&owner=none')).toEqual([]);
    const [first, second, third] = [
      await ask(HIGHER, '?limit=3'),
      await ask(HIGHER, '?limit=3').then(({ cursor }) =>
        ask(HIGHER, `?limit=3&cursor=${cursor}`),
      ),
      await refsOf(''),
    ];
    expect(third).toEqual([...NAMES, 'bare'].map(ref).sort());
    expect(
      [...first.entities, ...second.entities].map(e => e.entityRef),
    ).toEqual(third.slice(0, 6));
    expect(second.matching).toBe(7);
    const [moved] = (await ask(HIGHER, '?moved=true')).entities;
    expect(moved).toMatchObject({
      entityRef: ref('c'),
      owner: 'group:default/team-2',
      from: { level: 'bronze', points: 1 },
      to: { level: null, points: 0.5 },
      checks: [
        { check: 'check-0', from: 'pass', to: 'pass' },
        { check: 'check-1', from: 'pass', to: 'fail' },
      ],
    });
  });

  it('refuses a state of no check, and says what could not be adopted', async () => {
    const { post } = await create(id);
    const definition = BASICS;
    const lost = await post('/lab?to=fail', { definition });
    expect([lost.status, lost.body.error.message]).toEqual([
      400,
      'check: required with from and to',
    ]);
    for (const path of ['/lab', '/lab/proofs']) {
      const wrong = await post(path, {
        definition: basics(['facts.git.redme']),
        ...(path !== '/lab' && { entityRef: ref('a') }),
      });
      expect(wrong.status).toBe(400);
      expect(wrong.body.error.problems).toEqual([
        {
          path: 'spec.checks[0].rule',
          reason: expect.stringContaining('did you mean git.readme?'),
        },
      ]);
    }
  });

  it('reads the catalog once for many definitions, and anew after a minute', async () => {
    const { ask, say, keep, evaluate, clock } = await create(id);
    await ask(BASICS);
    const kept = keep.mock.calls.length;
    const more = await ask(HIGHER);
    expect(more.checks[1].after).toMatchObject({ pass: 2 });
    const evaluated = evaluate.mock.calls.length;
    await ask(HIGHER, '?moved=true');
    expect(evaluate.mock.calls).toHaveLength(evaluated);
    await say(ref('a'), 'git', { readme: true, tests: 9 });
    clock.advance({ seconds: 29 });
    expect((await ask(HIGHER)).checks[1].after).toMatchObject({ pass: 2 });
    expect(keep.mock.calls).toHaveLength(kept);
    clock.advance({ seconds: 31 });
    expect((await ask(HIGHER)).checks[1].after).toMatchObject({ pass: 3 });
  });

  it('makes the next copy behind the answers', async () => {
    const { ask, say, clock } = await create(id);
    await ask(HIGHER);
    await say(ref('a'), 'git', { readme: true, tests: 9 });
    clock.advance({ seconds: 31 });
    const old = await ask(HIGHER);
    expect(old).toMatchObject({ asOf: '2026-03-01T12:00:00.000Z' });
    expect(old.checks[1].after).toMatchObject({ pass: 2 });
    const renewed = await eventually(async () => {
      const answer = await ask(HIGHER);
      return answer.asOf === old.asOf ? undefined : answer;
    }, 10_000);
    expect(renewed.asOf).toBe('2026-03-01T12:00:31.000Z');
    expect(renewed.checks[1].after).toMatchObject({ pass: 3 });
  });

  it('reads anew after what it kept is lost', async () => {
    const { ask, post, evaluator } = await create(id);
    const before = await ask(HIGHER);
    await evaluator.close();
    const { status } = await post('/lab', { definition: BASICS });
    expect(status).toBe(500);
    expect(await ask(HIGHER)).toEqual(before);
  });

  it('reads a source once a rule asks it, and another scorecard once it is edited', async () => {
    const { ask, define, say, engine } = await create(id);
    const more = aFactSource('more', WRITTEN_BY_TESTS);
    const other = aScorecard('other', ['facts.git.tests > 2']);
    await define(GIT, more, BASICS, other);
    await say(ref('a'), 'more', { readme: true, tests: 1 });
    await engine.runOnce();
    expect((await ask(BASICS)).checks[0].after).toEqual({
      ...{ pass: 5, fail: 1, unknown: 1 },
    });
    const both = basics(['facts.git.readme && facts.more.readme']);
    expect((await ask(both)).checks[0].after).toEqual({
      ...{ pass: 1, fail: 1, unknown: 5 },
    });
    const { checks } = await ask(other);
    expect(checks[0]).toMatchObject({
      before: { pass: 5, fail: 1, unknown: 1 },
      after: { pass: 5, fail: 1, unknown: 1 },
    });
  });

  it('answers the same where the catalog is too large to be kept', async () => {
    const { ask } = await create(id);
    const tight = await create(id, 100);
    const answers = [await ask(HIGHER), await tight.ask(HIGHER)];
    expect(answers[1]).toEqual(answers[0]);
    expect(await tight.ask(HIGHER)).toEqual(answers[0]);
    // It was tried once, and nothing of it is left.
    const forgotten = await tight.evaluator
      .keep('any', { entities: null, facts: null }, true)
      .catch(({ message }) => message);
    expect(forgotten).toContain('Nothing is kept');
  });

  it('is for those who may, and tells them only of what they may read, whoever asked before', async () => {
    const { ask, post, policy } = await create(id);
    expect((await ask(HIGHER)).matching).toBe(7);
    policy['catalog.entity.read'] = onlyNamed('c');
    const { summary, checks, entities, matching } = await ask(HIGHER);
    expect(summary).toMatchObject({ entities: 1, before: 1, changed: 1 });
    expect(checks[1]).toMatchObject({
      before: { pass: 1 },
      after: { fail: 1 },
    });
    expect(entities.map(({ entityRef }) => entityRef)).toEqual([ref('c')]);
    expect(matching).toBe(1);
    const closed = { definition: HIGHER, entityRef: ref('a') };
    const unknown = { definition: HIGHER, entityRef: ref('nobody') };
    for (const body of [closed, unknown]) {
      const { status, body: said } = await post('/lab/proofs', body);
      expect([status, said.error.message]).toEqual([
        404,
        `There is no entity ${body.entityRef}`,
      ]);
    }
    policy['scorecards.definition.simulate'] = { result: 'DENY' } as never;
    expect((await post('/lab', { definition: HIGHER })).status).toBe(403);
    expect((await post('/lab/proofs', closed)).status).toBe(403);
  });

  it('proves what the engine proves once the definition is adopted', async () => {
    const { ask, prove, define, engine, reads } = await create(id);
    const proposed = basics([
      'facts.git.readme && facts.git.tests > 5',
      'facts.git.tests > 3 || entity.spec.type == "service"',
    ]);
    const expected = new Map<string, LabProofs>();
    for (const name of [...NAMES, 'bare']) {
      expected.set(name, await prove(proposed, ref(name)));
    }
    const answer = await ask(proposed);
    await define(GIT, proposed, aScorecard('other', ['facts.git.tests > 2']));
    await engine.runOnce();
    for (const [name, { standing, proofs }] of expected) {
      const entity = await reads.readable.one(
        ref(name),
        mockCredentials.user(),
      );
      for (const [index, check] of ['check-0', 'check-1'].entries()) {
        expect(proofs[index]).toEqual(
          await reads.proofs.proof(entity, { scorecard: 'basics', check }),
        );
      }
      const listed = answer.entities.find(one => one.entityRef === ref(name))!;
      expect(listed.to).toEqual(standing);
      expect(listed.checks.map(({ to }) => to)).toEqual(
        proofs.map(({ result }) => result.state),
      );
    }
  });

  it('proves nothing where the proposal does not apply', async () => {
    const { prove } = await create(id);
    const services = basics(['true'], {
      appliesTo: { kind: 'Component', 'spec.type': 'service' },
    });
    expect(await prove(services, ref('a'))).toMatchObject({
      standing: null,
      proofs: [],
    });
  });

  it('gives up what the same person asked before, and not what others asked', async () => {
    const { lab, appOf } = await create(id);
    const started: AbortSignal[] = [];
    let release: () => void = () => {};
    const released = new Promise<void>(resolve => {
      release = resolve;
    });
    const app = appOf({
      prepare: lab.prepare.bind(lab),
      prove: lab.prove.bind(lab),
      answer: async (body, asked, options) => {
        started.push(options.signal);
        await released;
        options.signal.throwIfAborted();
        return lab.answer(body, asked, options);
      },
    });
    const ask = async (user: string, definition: Entity) => {
      const { status, body } = await request(app)
        .post('/lab')
        .set('Authorization', mockCredentials.user.header(user))
        .send({ definition });
      return [status, body.error?.message ?? body.checks[1].after.pass];
    };
    const first = ask('user:default/one', BASICS);
    const other = ask('user:default/two', BASICS);
    while (started.length < 1) await new Promise(setImmediate);
    const second = ask('user:default/one', HIGHER);
    while (!started[0].aborted) await new Promise(setImmediate);
    release();
    expect(await Promise.all([first, other, second])).toEqual([
      [409, 'A newer request of yours came meanwhile'],
      [200, 4],
      [200, 2],
    ]);
  });
});
