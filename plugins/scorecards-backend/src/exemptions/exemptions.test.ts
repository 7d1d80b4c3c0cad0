import { TestDatabaseId } from '@backstage/backend-test-utils';
import { verifyLog } from '@waymark/ledger-node';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { NOTICES } from '../notices';
import { DIRTY } from '../results/dirty';
import {
  createExemptionWorld,
  SECRET,
  TEAM,
} from './__testUtils__/createExemptionWorld';
import { OPEN } from './tables';

jest.setTimeout(180_000);

const databases = testDatabases();
const API = 'component:default/api';
const SCORES = '/entities/component/default/api/scores';

/** Two services: one meets the first check only, and its risk is low. */
async function create(id: TestDatabaseId) {
  const world = await createExemptionWorld(databases, id);
  await world.say(API, 'git', { readme: true, tests: 1 });
  await world.say(API, 'risk', { tier: 1 });
  await world.engine.runOnce();
  const score = async (query = '') => {
    const { scorecards } = await world.ask('getScores', `${SCORES}${query}`);
    return scorecards[0];
  };
  const stateOf = async (query = '') => {
    const { checks } = await score(query);
    return [checks[1].state, checks[1].underlying].filter(Boolean).join(' of ');
  };
  /** Lets time pass, and everything happen that it brings. */
  const pass = async (days: number) => {
    world.clock.advance({ days });
    await world.task.runOnce();
    await world.sender.runOnce();
    await world.engine.runOnce();
  };
  const titles = () =>
    world.sent
      .splice(0)
      .map(({ payload, recipients }) => [
        payload.title.split(':')[0],
        (recipients as { entityRef: string[] }).entityRef,
      ]);
  return { ...world, score, stateOf, pass, titles };
}

describe.each(databases.eachSupportedId())('exemptions on %s', id => {
  it('are asked for by owners, approved by others, and end by themselves, with every step on the ledger', async () => {
    const world = await create(id);
    const { askExemptions, call, request, score, stateOf, pass, titles } =
      world;
    expect([await stateOf(), (await score()).level]).toEqual(['fail', null]);
    const asked = await askExemptions('dev-checkout', 'post', '', request());
    expect(asked).toMatchObject({
      state: 'requested',
      records: [{ subject: API, state: 'requested' }],
      approvals: [
        { group: 'group:default/platform', because: 'owner', by: null },
      ],
      may: { approve: false, withdraw: true },
    });
    const path = `/${asked.id}`;
    expect(await call('dev-checkout', 'post', `${path}/approve`, {})).toEqual({
      status: 403,
      body: expect.objectContaining({
        error: expect.objectContaining({
          message: 'You may not approve what you have asked for yourself',
        }),
      }),
    });
    for (const other of [
      'dev-checkout-2',
      'dev-ledger',
      'security-1',
    ] as const) {
      const { status } = await call(other, 'post', `${path}/approve`, {});
      expect([other, status]).toEqual([other, 403]);
    }
    expect(
      (await askExemptions('platform-engineer', 'get', '?approver=me')).items,
    ).toMatchObject([{ id: asked.id, may: { approve: true } }]);
    await world.engine.runOnce();
    expect(await stateOf()).toBe('fail');

    world.clock.advance({ hours: 1 });
    const granted = await askExemptions(
      'platform-engineer',
      'post',
      `${path}/approve`,
      { comment: 'Fair enough' },
    );
    expect(granted.state).toBe('approved');
    expect(
      (await askExemptions('platform-engineer', 'get', '?approver=me')).items,
    ).toEqual([]);
    await world.engine.runOnce();
    expect(await stateOf()).toBe('exempt of fail');
    expect(await score()).toMatchObject({
      level: 'bronze',
      cause: 'exemption',
      causeDetail: 'readiness/check-1',
      debt: { active: 1, nextExpiry: '2026-04-30T12:00:00.000Z' },
      checks: [{}, { exemptUntil: '2026-04-30T12:00:00.000Z' }],
    });
    await pass(0);
    expect(world.sent.map(({ payload }) => payload.title)).toEqual([
      'Exemption to approve: "Check 1" of Payout API (Readiness)',
      'Exemption approved: "Check 1" of Payout API (Readiness)',
    ]);
    expect(titles()).toEqual([
      [
        'Exemption to approve',
        expect.arrayContaining([
          'group:default/platform',
          'user:default/on-leave-cover',
        ]),
      ],
      [
        'Exemption approved',
        ['user:default/dev-checkout', 'group:default/checkout'],
      ],
    ]);

    await pass(45.9);
    expect(titles()).toEqual([]);
    await pass(0.1);
    expect(titles()).toEqual([
      ['Exemption expires in 14 days', expect.anything()],
    ]);
    await pass(11);
    expect(titles()).toEqual([
      ['Exemption expires in 3 days', expect.anything()],
    ]);
    await pass(2.9);
    await world.say(API, 'git', { readme: true, tests: 1 });
    await world.engine.runOnce();
    expect(await stateOf()).toBe('exempt of fail');
    await pass(0.1);
    expect(await score()).toMatchObject({ level: null, cause: 'exemption' });
    expect((await score()).debt).toBeUndefined();
    expect(await stateOf()).toBe('fail');
    expect(titles()).toEqual([['Exemption expired', expect.anything()]]);
    expect(
      (await askExemptions('dev-checkout', 'get', path)).steps,
    ).toMatchObject([
      { step: 'requested', by: 'user:default/dev-checkout' },
      {
        step: 'approval',
        by: 'user:default/platform-engineer',
        groups: ['group:default/platform'],
        comment: 'Fair enough',
      },
      { step: 'approved', by: null },
      { step: 'expired', by: null },
    ]);

    await world.ledger.integrate();
    const entries = (await world.ledger.entries({ limit: 100 })).filter(
      ({ type }) => type.startsWith('exemption.'),
    );
    expect(entries.map(({ type }) => type)).toEqual([
      'exemption.requested',
      'exemption.approval',
      'exemption.approved',
      'exemption.expired',
    ]);
    expect(entries[0].record).toMatchObject({
      exemption: asked.id,
      subjects: [API],
      by: 'user:default/dev-checkout',
      compensatingControl: request().compensatingControl,
    });
    expect((await verifyLog(world.knex, [])).fault).toBeUndefined();
    await world
      .knex('ledger_entries')
      .where({ position: entries[1].index })
      .update({
        record: JSON.stringify({
          ...entries[1].record,
          by: 'user:default/dev-checkout',
        }),
      });
    expect((await verifyLog(world.knex, [])).fault).toEqual({
      index: entries[1].index,
      reason: 'the record is not the one of its leaf',
    });
  });

  it('need each group whose condition is true or unknown for any of the entities, and let delegates stand in', async () => {
    const { askExemptions, call, request, say } = await create(id);
    const both = { entities: [API, 'component:default/web'] };
    const asked = await askExemptions(
      'dev-checkout',
      'post',
      '',
      request({ subject: both }),
    );
    expect(asked.approvals).toEqual([
      { group: 'group:default/platform', because: 'owner', by: null },
      {
        group: 'group:default/security',
        because: 'unknown',
        condition: 'facts.risk.tier >= 3',
        by: null,
      },
    ]);
    const path = `/${asked.id}/approve`;
    const half = await askExemptions('on-leave-cover', 'post', path, {});
    expect(half).toMatchObject({
      state: 'requested',
      approvals: [{ by: 'user:default/on-leave-cover', delegate: true }, {}],
    });
    expect((await call('platform-engineer', 'post', path, {})).status).toBe(
      409,
    );
    const whole = await askExemptions('security-1', 'post', path, {});
    expect(whole).toMatchObject({
      state: 'approved',
      records: [{ state: 'approved' }, { state: 'approved' }],
    });

    await say('component:default/books', 'risk', { tier: 3 });
    const risky = await askExemptions(
      'dev-ledger',
      'post',
      '',
      request({ subject: { entities: ['component:default/books'] } }),
    );
    expect(risky.approvals[1]).toMatchObject({ because: 'condition' });
  });

  it('need whoever is to be asked by the time of the approval, and tell them', async () => {
    const { askExemptions, request, say, pass, titles, ledger } = await create(
      id,
    );
    await say(API, 'risk', { tier: 1 });
    const asked = await askExemptions('dev-checkout', 'post', '', request());
    expect(asked.approvals).toHaveLength(1);
    await say(API, 'risk', { tier: 4 });
    const path = `/${asked.id}/approve`;
    const half = await askExemptions('platform-engineer', 'post', path, {});
    expect(half).toMatchObject({
      state: 'requested',
      approvals: [
        {
          group: 'group:default/platform',
          by: 'user:default/platform-engineer',
        },
        { group: 'group:default/security', because: 'condition', by: null },
      ],
    });
    expect(half.steps.map(({ step }: { step: string }) => step)).toEqual([
      'requested',
      'approval requested',
      'approval',
    ]);
    await pass(0);
    expect(titles()).toContainEqual([
      'Exemption to approve as well',
      ['group:default/security'],
    ]);
    // What was asked of somebody is not taken back by lowering the tier again.
    await say(API, 'risk', { tier: 1 });
    const whole = await askExemptions('security-1', 'post', path, {});
    expect(whole.state).toBe('approved');
    await ledger.integrate();
    const further = (await ledger.entries({ limit: 100 })).find(
      ({ type }) => type === 'exemption.approval-requested',
    );
    expect(further?.record).toMatchObject({
      by: null,
      groups: ['group:default/security'],
      approvals: [
        { group: 'group:default/platform' },
        { group: 'group:default/security', condition: 'facts.risk.tier >= 3' },
      ],
    });
  });

  it('are revoked by owners for what is theirs, and for nothing that they may not see', async () => {
    const { askExemptions, call, request, see } = await create(id);
    const subjects = ['component:default/api', 'component:default/web'];
    const { id: exemption } = await askExemptions(
      'dev-checkout',
      'post',
      '',
      request({ subject: { entities: subjects } }),
    );
    for (const as of ['platform-engineer', 'security-1'] as const) {
      await askExemptions(as, 'post', `/${exemption}/approve`, {});
    }
    await see(aSnapshot('web', { annotations: { [TEAM]: 'ledger' } }));
    const revoke = (named?: string[]) =>
      call('dev-ledger', 'post', `/${exemption}/revoke`, {
        comment: 'Ours now',
        ...(named && { subjects: named }),
      });
    expect((await revoke()).status).toBe(403);
    expect((await revoke([subjects[0]])).status).toBe(403);
    const hidden = await revoke(['component:default/secret']);
    expect([hidden.status, hidden.body.error.message]).toEqual([
      400,
      'subjects: component:default/secret is not exempted by this',
    ]);
    expect(await revoke([subjects[1]])).toMatchObject({
      status: 200,
      body: { records: [{ state: 'approved' }, { state: 'revoked' }] },
    });
  });

  it('are asked for many entities at once: one decision, one record each', async () => {
    const { askExemptions, request, see, knex, ledger } = await create(id);
    const names = Array.from({ length: 50 }, (_, index) => `old-${index}`);
    await see(
      ...names.map(name =>
        aSnapshot(name, { annotations: { [TEAM]: 'checkout' } }),
      ),
    );
    const refs = names.map(name => `component:default/${name}`);
    const { id: request50 } = await askExemptions(
      'dev-checkout',
      'post',
      '',
      request({ subject: { entities: refs } }),
    );
    await askExemptions(
      'platform-engineer',
      'post',
      `/${request50}/approve`,
      {},
    );
    const granted = await askExemptions(
      'security-1',
      'post',
      `/${request50}/approve`,
      {},
    );
    expect(granted.records).toEqual(
      refs.map(subject => ({ subject, state: 'approved' })),
    );
    expect(
      await knex('exemption_grants').whereNull('valid_to').pluck('scorecard'),
    ).toHaveLength(50);
    await ledger.integrate();
    const [entry, ...more] = await ledger.entries({
      limit: 10,
      type: 'exemption.approved',
    });
    expect(more).toEqual([]);
    expect(entry.record!.subjects).toEqual(refs);
    const revoked = await askExemptions(
      'security-1',
      'post',
      `/${request50}/revoke`,
      { comment: 'Done', subjects: refs.slice(0, 2) },
    );
    expect(revoked.state).toBe('approved');
    expect(
      revoked.records.filter(
        ({ state }: { state: string }) => state === 'revoked',
      ),
    ).toHaveLength(2);
  });

  it('are revoked once the check has passed for 7 days without a break, whatever it is shown as meanwhile', async () => {
    const world = await create(id);
    const { askExemptions, request, say, pass, stateOf } = world;
    const { id: exemption } = await askExemptions(
      'dev-checkout',
      'post',
      '',
      request(),
    );
    const path = `/${exemption}`;
    await askExemptions('platform-engineer', 'post', `${path}/approve`, {});
    const day = async (tests: number) => {
      await say(API, 'git', { readme: true, tests });
      await world.engine.runOnce();
      for (let turn = 0; turn < 2; turn += 1) await pass(0.5);
    };
    for (let each = 0; each < 5; each += 1) await day(4);
    expect(await stateOf()).toBe('exempt of pass');
    await day(1);
    for (let each = 0; each < 6; each += 1) await day(4);
    expect(await stateOf()).toBe('exempt of pass');
    expect((await askExemptions('dev-checkout', 'get', path)).state).toBe(
      'approved',
    );
    await day(4);
    await day(4);
    expect(await askExemptions('dev-checkout', 'get', path)).toMatchObject({
      state: 'revoked',
      steps: expect.arrayContaining([
        expect.objectContaining({ step: 'revoked', automatic: true, by: null }),
      ]),
    });
    expect(await stateOf()).toBe('pass');
  });

  it('of a system are of what it has at each time, and every group approves them', async () => {
    const world = await create(id);
    const { askExemptions, request, see, engine, clock, stateOf } = world;
    const annotations = { [TEAM]: 'checkout' };
    const system = 'system:default/shop';
    await see(
      aSnapshot('shop', { kind: 'system', annotations }),
      aSnapshot('api', { annotations, system }),
    );
    const asked = await askExemptions(
      'dev-checkout',
      'post',
      '',
      request({ subject: { system } }),
    );
    expect(asked.approvals).toMatchObject([
      { because: 'owner' },
      { because: 'unknown' },
    ]);
    await askExemptions(
      'platform-engineer',
      'post',
      `/${asked.id}/approve`,
      {},
    );
    await askExemptions('security-1', 'post', `/${asked.id}/approve`, {});
    await engine.runOnce();
    expect(await stateOf()).toBe('exempt of fail');
    const within = clock.now().toISOString();
    expect(
      (await askExemptions('dev-ledger', 'get', `?entity=${API}`)).items,
    ).toMatchObject([{ kind: 'system', records: [{ subject: system }] }]);

    clock.advance({ hours: 1 });
    await see(aSnapshot('api', { annotations }));
    await engine.runOnce();
    expect(await stateOf()).toBe('fail');
    expect(await stateOf(`?asOf=${within}`)).toBe('exempt of fail');
    expect(await stateOf(`?asOf=${within}&knowledge=now`)).toBe(
      'exempt of fail',
    );

    clock.advance({ hours: 1 });
    await see(aSnapshot('api', { annotations, system }));
    await engine.runOnce();
    expect(await stateOf()).toBe('exempt of fail');
    // Another one under the name of the system.
    await see(
      aSnapshot('shop', {
        ...{ kind: 'system', uid: 'uid-other', repository: 'elsewhere' },
        annotations,
      }),
      aSnapshot('api', { annotations, system, description: 'As it was' }),
    );
    await engine.runOnce();
    expect(await stateOf()).toBe('fail');
  });

  it('can be withdrawn, rejected, revoked and renewed, each by those who may', async () => {
    const world = await create(id);
    const { askExemptions, call, request, clock, stateOf, engine } = world;
    const ask = async () =>
      `/${(await askExemptions('dev-checkout', 'post', '', request())).id}`;
    let path = await ask();
    expect(
      (await call('dev-ledger', 'post', `${path}/withdraw`, {})).status,
    ).toBe(403);
    await askExemptions('dev-checkout-2', 'post', `${path}/withdraw`, {});
    expect(
      (await call('platform-engineer', 'post', `${path}/approve`, {})).status,
    ).toBe(409);

    path = await ask();
    expect(
      (await call('platform-engineer', 'post', `${path}/reject`, {})).body.error
        .message,
    ).toMatch('comment');
    const no = { comment: 'Not for a gate' };
    expect(
      (await call('dev-checkout-2', 'post', `${path}/reject`, no)).status,
    ).toBe(403);
    expect(
      await askExemptions('platform-engineer', 'post', `${path}/reject`, no),
    ).toMatchObject({ state: 'rejected' });

    path = await ask();
    await askExemptions('platform-engineer', 'post', `${path}/approve`, {});
    const more = { expiresAt: '2026-05-20T12:00:00.000Z', reason: 'Delayed' };
    expect(
      (await call('platform-engineer', 'post', `${path}/renew`, more)).status,
    ).toBe(403);
    const renewing = await askExemptions(
      'dev-checkout-2',
      'post',
      `${path}/renew`,
      more,
    );
    expect(renewing).toMatchObject({
      expiresAt: '2026-04-30T12:00:00.000Z',
      renewal: { ...more, requestedBy: 'user:default/dev-checkout-2' },
    });
    expect(
      await askExemptions('platform-engineer', 'post', `${path}/approve`, {}),
    ).toMatchObject({
      ...{ expiresAt: more.expiresAt },
      renewals: 1,
      renewal: null,
    });
    clock.advance({ hours: 1 });
    await engine.runOnce();
    expect(await stateOf()).toBe('exempt of fail');
    expect(
      (await call('dev-ledger', 'post', `${path}/revoke`, no)).status,
    ).toBe(403);
    await askExemptions('security-1', 'get', path);
    await askExemptions('dev-checkout', 'post', `${path}/revoke`, no);
    await engine.runOnce();
    expect(await stateOf()).toBe('fail');
    expect(
      (
        await askExemptions('service', 'get', '?scorecard=readiness&limit=2')
      ).items.map(({ state }: { state: string }) => state),
    ).toEqual(['revoked', 'rejected']);
    const { cursor } = await askExemptions('service', 'get', '?limit=2');
    expect(
      await askExemptions('service', 'get', `?limit=2&cursor=${cursor}`),
    ).toMatchObject({ items: [{ state: 'withdrawn' }] });
  });

  it('are refused with field and reason', async () => {
    const { call, request, askExemptions } = await create(id);
    const refused = async (
      more: object,
      as: Parameters<typeof call>[0] = 'dev-checkout',
    ) => {
      const { status, body } = await call(as, 'post', '', request(more));
      return [status, body.error.message];
    };
    const entities = (...refs: string[]) => ({ subject: { entities: refs } });
    expect([
      await refused({}, 'dev-ledger'),
      await refused({}, 'service'),
      await refused({ scorecard: 'nothing' }),
      await refused({ check: 'check-9' }),
      await refused({ expiresAt: '2026-06-30T12:00:00Z' }),
      await refused({ expiresAt: '2026-02-01T12:00:00Z' }),
      await refused({ owner: 'group:default/nobody' }),
      await refused({ owner: 'component:default/api' }),
      await refused({ reason: ' ' }),
      await refused({ subject: {} }),
      await refused(entities('component:default/none')),
      await refused(entities('group:default/checkout')),
      await refused(entities(API, 'component:default/books')),
    ]).toEqual([
      [403, `You may not request an exemption of ${API}`],
      [403, expect.any(String)],
      [400, 'scorecard: there is no scorecard "nothing"'],
      [400, 'check: "check-9" is not one of readiness: check-0, check-1'],
      [
        400,
        expect.stringMatching(
          /^expiresAt: .* at most 90 days, until 2026-05-30/,
        ),
      ],
      [400, 'expiresAt: must be in the future'],
      [400, 'owner: the catalog does not know group:default/nobody'],
      [400, 'owner: must be a group or a user'],
      [400, expect.stringMatching(/^reason: /)],
      [400, 'subject: must have exactly one of entities, system and domain'],
      [400, 'subject.entities: there is no entity component:default/none'],
      [403, 'You may not request an exemption of group:default/checkout'],
      [403, 'You may not request an exemption of component:default/books'],
    ]);
    const { id: first } = await askExemptions(
      'dev-checkout',
      'post',
      '',
      request(),
    );
    expect(await refused({})).toEqual([
      409,
      `subject: ${API} has an exemption of check-1 already, ${first}: renew that one`,
    ]);
    expect((await call('dev-checkout', 'get', '/nothing')).status).toBe(404);
    expect((await call('service', 'get', '?approver=me')).status).toBe(400);
  });

  it('are asked for once, however many ask at the same moment, and anew as soon as one is over', async () => {
    const world = await create(id);
    const { call, request, knex, clock } = world;
    const answers = await Promise.all(
      (['dev-checkout', 'dev-checkout-2', 'dev-checkout'] as const).map(who =>
        call(who, 'post', '', request()),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const refusal = answers.find(({ status }) => status === 409)!;
    expect(refusal.body.error.message).toMatch(
      /^subject: component:default\/api has an exemption of check-1 already, .*: renew that one$/,
    );
    expect(await knex(OPEN).pluck('check_id')).toEqual(['check-1']);

    // Over, and nobody has written that yet.
    clock.advance({ days: 61 });
    const anew = request({ expiresAt: '2026-06-30T12:00:00.000Z' });
    expect((await call('dev-checkout', 'post', '', anew)).status).toBe(201);
    expect(await knex(OPEN).pluck('exemption')).toHaveLength(1);
  });

  it('show nobody what they may not read, and let nobody decide about it', async () => {
    const { askExemptions, call, request, see } = await create(id);
    await see(
      aSnapshot('vault', {
        annotations: { [TEAM]: 'checkout', [SECRET]: 'yes' },
      }),
    );
    const vault = 'component:default/vault';
    const mixed = await askExemptions(
      'dev-checkout',
      'post',
      '',
      request({ subject: { entities: [API, vault] } }),
    );
    const closed = await askExemptions(
      'dev-checkout',
      'post',
      '',
      request({ subject: { entities: [vault] }, check: 'check-0' }),
    );
    expect((await call('dev-ledger', 'get', `/${closed.id}`)).status).toBe(404);
    expect((await call('dev-ledger', 'get', `?entity=${vault}`)).status).toBe(
      404,
    );
    const { items } = await askExemptions('dev-ledger', 'get', '');
    expect(items).toMatchObject([
      { id: mixed.id, records: [{ subject: API }], hidden: 1 },
    ]);
    expect(JSON.stringify(items)).not.toContain('vault');
    await askExemptions('security-1', 'post', `/${closed.id}/approve`, {});
  });

  it('are taken further by one of many replicas, and nobody is told twice but after a crash', async () => {
    const world = await create(id);
    const { askExemptions, request, clock, knex, replica, sent } = world;
    const { id: exemption } = await askExemptions(
      'dev-checkout',
      'post',
      '',
      request(),
    );
    await askExemptions(
      'platform-engineer',
      'post',
      `/${exemption}/approve`,
      {},
    );
    clock.advance({ days: 61 });
    const replicas = [replica(), replica(), replica()];
    await Promise.all(replicas.map(({ task }) => task.runOnce()));
    await Promise.all(replicas.map(({ sender }) => sender.runOnce()));
    const ids = sent.map(({ payload }) => payload.scope);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
    expect(
      (await askExemptions('dev-checkout', 'get', `/${exemption}`)).steps.at(-1)
        .step,
    ).toBe('expired');
    expect(await knex(DIRTY).select('cause')).toEqual(
      expect.arrayContaining([{ cause: 'exemption' }]),
    );

    // One that died after it had sent, and before it wrote that down.
    await knex(NOTICES).where({ id: ids[0] }).update({ next_try_at: 0 });
    await Promise.all(replicas.map(({ sender }) => sender.runOnce()));
    expect(sent.map(({ payload }) => payload.scope)).toEqual([...ids, ids[0]]);
  });
});
