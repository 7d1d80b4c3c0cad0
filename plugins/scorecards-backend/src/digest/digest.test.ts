import { mockServices, TestDatabaseId } from '@backstage/backend-test-utils';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { createReadWorld } from '../__testUtils__/createReadWorld';
import { WRITTEN_BY_TESTS } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import {
  createExemptionWorld,
  READINESS,
  RISK,
} from '../exemptions/__testUtils__/createExemptionWorld';
import { NOTICES, NoticeSender } from '../notices';
import { createDigest } from './createDigest';
import { DigestTask } from './DigestTask';
import { DIGESTS } from './tables';

jest.setTimeout(180_000);

const databases = testDatabases();
/** A Sunday. */
const START = '2026-03-01T12:00:00.000Z';
const RULES = ['facts.git.readme', 'facts.git.tests > 3'];
const LEDGER = { owner: 'group:default/ledger', ownerPath: [] };
const api = 'component:default/api';
const web = 'component:default/web';
const books = 'component:default/books';

type Scores = Parameters<typeof createDigest>[0]['scores'];
type World = Awaited<ReturnType<typeof createReadWorld>>;

/** Digests over a world, of any number of replicas. */
function digestsOf(world: World) {
  const { knex, clock, engine, logger } = world;
  const sent: NotificationSendOptions[] = [];
  const replica = (
    digest: object | false = {},
    scores: Scores = world.reads.scores,
  ) => {
    const sender = NoticeSender.create({
      ...{ knex, clock, logger },
      notifications: {
        send: async options => {
          sent.push(options);
        },
      },
    });
    const parts = createDigest({
      ...world,
      scores,
      config: mockServices.rootConfig({ data: { scorecards: { digest } } }),
    });
    const [task] = Object.values(parts) as DigestTask[];
    return { task, sender };
  };
  const one = replica();
  /** Lets days pass, one of the replicas looking now and then. */
  const pass = async (days: number) => {
    for (let hours = 0; hours < days * 24; hours += 6) {
      clock.advance({ hours: 6 });
      await one.task.runOnce();
      await one.sender.runOnce();
      await engine.runOnce();
    }
  };
  const told = () =>
    sent.splice(0).map(({ recipients, payload }) => ({
      to: (recipients as { entityRef: string[] }).entityRef,
      ...payload,
    }));
  return { ...world, ...one, replica, pass, told };
}

const GIT = aFactSource('git', { ...WRITTEN_BY_TESTS, staleAfter: 'P60D' });

async function create(id: TestDatabaseId) {
  const world = digestsOf(await createReadWorld(databases, id, START));
  await world.see(
    aSnapshot('api'),
    aSnapshot('web'),
    aSnapshot('books', LEDGER),
  );
  await world.define(GIT, aScorecard('readiness', RULES));
  const say = async (ref: string, tests: number, readme = true) => {
    await world.say(ref, 'git', { readme, tests });
    await world.engine.runOnce();
  };
  for (const ref of [api, web, books]) await say(ref, 4);
  return { ...world, say };
}

describe.each(databases.eachSupportedId())('the weekly digest on %s', id => {
  it('tells each owner once a week what has changed and what is next, and nobody who has nothing to be told', async () => {
    const { pass, say, told } = await create(id);
    // What is looked at for the first time is no news.
    await pass(2);
    expect(told()).toEqual([]);
    await say(api, 1);
    await say(web, 4, false);
    await say(web, 4);
    await pass(5.5);
    expect(told()).toEqual([]);
    await pass(1);
    expect(told()).toEqual([
      {
        to: ['group:default/checkout'],
        title:
          'Scorecards of checkout since 2 March: 1 level lost, 1 check newly failing',
        description: [
          'Lost (1): api from Bronze to no level in readiness (a fact changed).',
          'Newly failing (1): "Check 1" of api (readiness).',
          'Next: api reaches Bronze in readiness by "Check 1".',
        ].join('\n'),
        link: '/scorecards/views/changes?since=week',
        topic: 'Weekly digest',
        severity: 'normal',
        scope: expect.stringMatching(/^digest:\d+:group:default\/checkout$/),
      },
    ]);
    await pass(14);
    expect(told()).toEqual([]);
    await say(api, 5);
    await say(books, 1);
    await pass(7);
    const two = told();
    expect(two.map(({ to }) => to)).toEqual([
      ['group:default/checkout'],
      ['group:default/ledger'],
    ]);
    expect(two[0]).toMatchObject({
      title: expect.stringMatching(/: 1 level gained, 1 check newly met$/),
      severity: 'low',
    });
  });

  it('comes once to each owner, however many replicas make it, and when one of them dies meanwhile', async () => {
    const { see, say, clock, engine, knex, replica, reads, told } =
      await create(id);
    const names = Array.from({ length: 45 }, (_, index) => `svc-${index}`);
    await see(
      ...names.map(name =>
        aSnapshot(name, { owner: `group:default/${name}`, ownerPath: [] }),
      ),
    );
    for (const name of names) await say(`component:default/${name}`, 4);
    clock.advance({ days: 1 });
    for (const name of names) await say(`component:default/${name}`, 1);
    clock.advance({ days: 7 });
    await engine.runOnce();

    let reads35 = 0;
    const dying = replica(
      {},
      {
        scores: async (...request) => {
          reads35 += 1;
          if (reads35 > 70) throw new Error('Killed');
          return reads.scores.scores(...request);
        },
      },
    );
    await expect(dying.task.runOnce()).rejects.toThrow('Killed');
    expect(await knex(NOTICES).pluck('id')).toHaveLength(18);

    const replicas = [replica(), replica(), replica()];
    const written = await Promise.all(
      replicas.map(({ task }) => task.runOnce()),
    );
    expect(written.reduce((sum, some) => sum + some)).toBe(27);
    await Promise.all(replicas.map(({ sender }) => sender.runOnce()));
    expect(
      told()
        .map(({ to }) => to[0])
        .sort(),
    ).toEqual(names.map(name => `group:default/${name}`).sort());

    // After a restart, after an unwritten mark, and on another day of the same week.
    expect(await replica().task.runOnce()).toBe(0);
    await knex(DIGESTS).update({ finished_at: null, after_owner: '' });
    expect(await replica().task.runOnce()).toBe(45);
    await replica().sender.runOnce();
    clock.advance({ days: 3 });
    expect(await replica({ day: 'thursday' }).task.runOnce()).toBe(0);
    expect(told()).toEqual([]);
  });

  it('tells of exemptions that end within 14 days, and of what is owed', async () => {
    const world = await createExemptionWorld(databases, id);
    const { askExemptions, request, engine, say } = world;
    const { pass, told } = digestsOf(world);
    await world.define(GIT, RISK, READINESS);
    await say(api, 'git', { readme: true, tests: 1 });
    await say(api, 'risk', { tier: 1 });
    await engine.runOnce();
    const asked = await askExemptions(
      'dev-checkout',
      'post',
      '',
      request({ expiresAt: '2026-03-29T12:00:00.000Z' }),
    );
    await askExemptions(
      'platform-engineer',
      'post',
      `/${asked.id}/approve`,
      {},
    );
    await engine.runOnce();
    await pass(9);
    told();
    await pass(7);
    expect(told()).toMatchObject([
      {
        to: ['group:default/checkout'],
        title: expect.stringMatching(/: 1 exemption about to end$/),
        description: [
          'Exemptions about to end (1): "Check 1" of api (Readiness) on 29 March.',
          'Owed: 1 exempted check, 4 checks nobody knows.',
        ].join('\n'),
      },
    ]);
  });

  it('is never written where it is switched off', async () => {
    const { replica } = await create(id);
    expect(replica(false).task).toBeUndefined();
  });
});
