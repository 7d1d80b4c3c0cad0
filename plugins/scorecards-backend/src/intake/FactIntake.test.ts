import { testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import {
  component,
  createIntake,
  factSource,
  NOW,
  world,
} from './__testUtils__/createIntake';
import { IncomingFact } from './checkFact';
import { CiWriter, FactWriter, ServiceWriter } from './writers';

jest.setTimeout(120_000);

const COLLECTOR: FactWriter = { kind: 'collector', id: 'scan' };
const SERVICE: ServiceWriter = {
  kind: 'service',
  subject: 'scanner',
  delivery: false,
};
const ci = (repository: string, repositoryId?: string): CiWriter => ({
  kind: 'ci',
  repository: {
    host: 'forge.example',
    owner: 'acme',
    repository,
    repositoryId,
  },
  delivery: false,
});
const passed = { passed: true, findings: [] };
const fact = (more: Partial<IncomingFact> = {}): IncomingFact => ({
  entityRef: 'component:default/wallet',
  source: 'scan',
  payload: passed,
  observedAt: new Date(NOW),
  ...more,
});
const nested = (depth: number): [] =>
  JSON.parse('['.repeat(depth) + ']'.repeat(depth));

const databases = testDatabases();

describe.each(databases.eachSupportedId())('the intake of facts on %s', id => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(id);
  });
  const create = async (here = world()) => createIntake(knex, here);

  it('writes what it is told and marks whom it concerns', async () => {
    const { intake, facts, dirty } = await create();
    const url = 'https://forge.example/acme/wallet/runs/1';
    const written = await intake.write(
      [
        fact({ url, commit: 'abcdef0123' }),
        fact({ entityRef: 'Component:ledger' }),
      ],
      SERVICE,
    );
    expect(written.map(({ entityId, outcome }) => [entityId, outcome])).toEqual(
      [
        [1, 'changed'],
        [2, 'changed'],
      ],
    );
    expect(await facts()).toEqual([
      { entityId: 1, source: 'scan', payload: passed },
      { entityId: 2, source: 'scan', payload: passed },
    ]);
    expect(await knex('facts').where({ entity_id: 1 }).first()).toMatchObject({
      collector: 'token:scanner',
      url,
      commit: 'abcdef0123',
    });
    expect(await dirty()).toEqual([
      [1, 'fact', 'scan'],
      [2, 'fact', 'scan'],
    ]);
  });

  it('marks nobody for what was known and fresh, and everybody whose fact had gone stale', async () => {
    const { intake, dirty, clock } = await create();
    const confirm = () =>
      intake.write([fact({ observedAt: clock.now() })], COLLECTOR);
    await confirm();
    await dirty();

    clock.advance({ hours: 23, minutes: 59 });
    await confirm();
    expect(await dirty()).toEqual([]);

    clock.advance('P1D');
    await confirm();
    expect(await dirty()).toEqual([[1, 'staleness', 'scan']]);

    await intake.write(
      [
        fact({
          observedAt: new Date(NOW),
          payload: { passed: false, findings: [] },
        }),
      ],
      COLLECTOR,
    );
    expect(await dirty()).toEqual([]);
  });

  it.each<[string, Partial<IncomingFact>, string]>([
    [
      'a source that nobody declared',
      { source: 'scam' },
      'facts[1].source: no fact source "scam" is in force, did you mean "scan"?',
    ],
    [
      'an unknown entity',
      { entityRef: 'component:default/nobody' },
      'facts[1].entityRef: there is no entity component:default/nobody',
    ],
    [
      'what is no entity ref',
      { entityRef: 'wallet' },
      'facts[1].entityRef: "wallet" is not an entity ref',
    ],
    [
      'an entity of another kind',
      { source: 'library' },
      'facts[1].entityRef: the fact source "library" does not apply to component:default/wallet',
    ],
    [
      'a payload against the schema',
      { payload: { passed: true, findings: ['a', 1] } },
      'facts[1].payload.findings[1]: must be string',
    ],
    [
      'a field that is missing',
      { payload: { passed: true } },
      'facts[1].payload.findings: is missing',
    ],
    [
      'a payload that is too large',
      { payload: { passed: true, findings: ['x'.repeat(200_000)] } },
      'facts[1].payload: must not be larger than 131072 bytes',
    ],
    [
      'a payload that is too deep',
      { payload: { passed: nested(100_000) } },
      'facts[1].payload: must not have more than 32',
    ],
    [
      'the future',
      { observedAt: new Date('2026-03-01T12:05:01Z') },
      'facts[1].observedAt: 2026-03-01T12:05:01.000Z is in the future',
    ],
    [
      'no instant',
      { observedAt: new Date('soon') },
      'facts[1].observedAt: must be an instant',
    ],
    [
      'a link that runs code',
      { url: 'data:text/html,<script>alert(1)</script>' },
      'facts[1].url: must be an http or https URL',
    ],
    [
      'a link that a database cannot keep',
      { url: 'https://forge.example/\0' },
      'facts[1].url: must be an http or https URL',
    ],
    [
      'what is no commit',
      { commit: 'main' },
      'facts[1].commit: must be the hexadecimal id of a commit',
    ],
  ])('refuses %s, with all that came with it', async (_, more, message) => {
    const { intake, facts, dirty } = await create();
    const good = fact({ entityRef: 'component:default/ledger' });
    await expect(intake.write([good, fact(more)], SERVICE)).rejects.toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringContaining(message),
      }),
    );
    expect(await facts()).toEqual([]);
    expect(await dirty()).toEqual([]);

    const outcomes = await intake.writeEach([fact(more), good], SERVICE);
    expect(outcomes).toEqual([
      { ok: false, error: expect.objectContaining({ name: 'InputError' }) },
      { ok: true, written: expect.objectContaining({ entityId: 2 }) },
    ]);
    expect(await facts()).toHaveLength(1);
  });

  it.each<[string, FactWriter, Partial<IncomingFact>, string]>([
    [
      'a service that the source does not name',
      SERVICE,
      { source: 'inventory' },
      'facts[0].source: "inventory" does not name token:scanner among its writers',
    ],
    [
      'a service that is not configured for the source',
      { ...SERVICE, sources: new Set(['library']) },
      {},
      'facts[0].source: token:scanner is not configured to write "scan"',
    ],
    [
      'a service about an entity out of its scope',
      { ...SERVICE, admits: () => false },
      {},
      'facts[0].entityRef: token:scanner may not write about component:default/wallet',
    ],
    [
      'a service of one team about an entity of another',
      { ...SERVICE, owners: ['group:default/ledger'] },
      {},
      'facts[0].entityRef: token:scanner may not write about component:default/wallet',
    ],
    [
      'a service of one team that asks which entities there are',
      { ...SERVICE, owners: ['group:default/payments'] },
      { entityRef: 'component:default/nobody' },
      'facts[0].entityRef: token:scanner may not write about component:default/nobody',
    ],
    [
      'a service that asks which entities there are',
      { ...SERVICE, admits: () => true },
      { entityRef: 'component:default/nobody' },
      'facts[0].entityRef: token:scanner may not write about component:default/nobody',
    ],
    [
      'CI about the entity of another team',
      ci('ledger'),
      {},
      'facts[0].entityRef: ci:forge.example/acme/ledger may not write about component:default/wallet',
    ],
    [
      'CI of a repository made anew under an old name',
      ci('wallet', '8'),
      {},
      'facts[0].entityRef: ci:forge.example/acme/wallet may not write about',
    ],
    [
      'CI about a source that is not for it',
      ci('wallet'),
      { source: 'inventory' },
      'facts[0].source',
    ],
    [
      'an attestation about another repository',
      { ...ci('ledger'), kind: 'attestation' },
      {},
      'facts[0].entityRef',
    ],
    [
      'a token that has the name of a collector',
      { ...SERVICE, subject: 'scan' },
      {},
      'facts[0].source',
    ],
    [
      'a collector of another source',
      { kind: 'collector', id: 'git' },
      {},
      'facts[0].source',
    ],
  ])('forbids %s, and says nothing else', async (_, writer, more, message) => {
    const here = world();
    here.entities[0].source!.repositoryId = '7';
    const { intake, facts } = await create(here);
    await expect(
      intake.write([fact(more), fact({ payload: {} })], writer),
    ).rejects.toThrow(
      expect.objectContaining({
        name: 'NotAllowedError',
        message: expect.stringContaining(message),
      }),
    );
    expect(await facts()).toEqual([]);
  });

  it('lets a service write about what the groups below a group own', async () => {
    const { intake } = await create();
    const writer = { ...SERVICE, owners: ['group:default/payments'] };
    expect(await intake.write([fact()], writer)).toHaveLength(1);
  });

  it.each([
    ['by its name while the id is not known', ci('Wallet'), undefined],
    ['by its id', ci('wallet', '7'), '7'],
    ['by its id while it is renamed', ci('purse', '7'), '7'],
  ])(
    'knows the repository of an entity %s',
    async (_, writer, repositoryId) => {
      const here = world();
      here.entities[0].source!.repositoryId = repositoryId;
      const { intake } = await create(here);
      expect(await intake.write([fact()], writer)).toHaveLength(1);
      expect(
        await intake.write([fact()], { ...writer, kind: 'attestation' }),
      ).toHaveLength(1);
    },
  );

  it('judges by the definition in force at the moment', async () => {
    const here = world();
    const { intake } = await create(here);
    await intake.write([fact()], COLLECTOR);
    here.factSources[0] = factSource(9, {
      id: 'scan',
      writers: [{ collector: 'scan' }],
      schema: {
        type: 'object',
        required: ['score'],
        properties: { score: { type: 'integer' } },
      },
    });
    await expect(intake.write([fact()], COLLECTOR)).rejects.toThrow(
      'facts[0].payload.score: is missing',
    );
    here.factSources.splice(0, 1);
    await expect(intake.write([fact()], COLLECTOR)).rejects.toThrow(
      'no fact source "scan" is in force',
    );
  });

  it('tells of twenty wrong items and counts the others', async () => {
    const here = world();
    here.entities = Array.from({ length: 30 }, (_, n) =>
      component(n + 1, `c${n}`),
    );
    const { intake } = await create(here);
    await expect(
      intake.write(
        here.entities.map(({ ref }) => fact({ entityRef: ref, payload: {} })),
        COLLECTOR,
      ),
    ).rejects.toThrow(/^facts\[0\].*facts\[19\][^;]*; and 10 more$/);
  });
});
