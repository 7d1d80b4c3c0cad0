import { mockServices } from '@backstage/backend-test-utils';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { createWorld, WRITTEN_BY_TESTS } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import { EntityStore } from '../entities/EntityStore';
import { IdempotencyKeys } from '../intake/IdempotencyKeys';
import { createReads } from '../reads/createReads';
import { Retention } from '../retention';

jest.setTimeout(120_000);

const CHECK = { scorecard: 'basics', check: 'check-0' };
const REF = 'component:default/shop';
const databases = testDatabases();

describe.each(databases.eachSupportedId())('the past on %s', id => {
  async function create() {
    const world = await createWorld(databases, id);
    const { clock, knex, definitions } = world;
    await world.define(
      aFactSource('git', { ...WRITTEN_BY_TESTS, staleAfter: 'P1D' }),
      aScorecard('basics', ['facts.git.readme']),
    );
    await world.see(aSnapshot('shop'));
    const reads = createReads({
      knex,
      clock,
      definitions,
      permissions: mockServices.permissions.mock(),
    });
    const say = async (payload = { readme: true, tests: 1 }) => {
      await world.say(REF, 'git', payload);
      await world.engine.runOnce();
    };
    const entity = async (asOf: Date) =>
      (await EntityStore.of(knex).byRefs([REF], asOf))[0];
    /** What the result, its proof and the fact say of an instant. */
    const told = async (asOf: Date) => {
      const shop = await entity(asOf);
      const proof = await reads.proofs.proof(shop, { ...CHECK, asOf });
      const [{ facts }] = await reads.facts.facts([shop], { asOf });
      const [{ state, observedAt }] = facts;
      expect(Date.parse(observedAt!)).toBeLessThanOrEqual(asOf.getTime());
      return [proof.result.state, proof.rule.value ?? null, state];
    };
    return { ...world, entity, reads, say, told };
  }

  it('stays what it was when something is confirmed afterwards', async () => {
    const { clock, engine, say, told } = await create();
    await say();
    const fresh = clock.now();
    clock.advance({ days: 3 });
    await engine.runOnce();
    const stale = clock.now();
    const before = [await told(fresh), await told(stale)];
    expect(before).toEqual([
      ['pass', true, 'known'],
      ['unknown', null, 'stale'],
    ]);

    clock.advance({ days: 1 });
    for (let night = 0; night < 3; night += 1) {
      await say();
      clock.advance({ hours: 20 });
    }
    expect([await told(fresh), await told(stale)]).toEqual(before);
    expect(await told(clock.now())).toEqual(['pass', true, 'known']);
  });

  it('is not made up once its facts may have been purged', async () => {
    const { clock, definitions, entity, knex, reads, say, engine } =
      await create();
    clock.advance({ hours: 1 });
    await say();
    const then = clock.now();
    const ask = async () => {
      const shop = await entity(then);
      await reads.proofs.proof(shop, { ...CHECK, asOf: then });
      await reads.scores.scores([shop], { asOf: then, knowledge: 'now' });
    };
    clock.advance({ days: 1 });
    await say({ readme: false, tests: 1 });
    clock.advance({ days: 89, hours: 1 });
    await expect(ask()).resolves.toBeUndefined();

    const keys = IdempotencyKeys.create({ knex, clock });
    clock.advance({ days: 1 });
    await Retention.create({ knex, clock, definitions, keys }).purge();
    await engine.runOnce();
    const refused =
      'What the fact source "git" said at 2026-03-01T13:00:00.000Z may have been purged: it keeps facts since 2026-03-02T14:00:00.000Z';
    const shop = await entity(then);
    await expect(
      reads.proofs.proof(shop, { ...CHECK, asOf: then }),
    ).rejects.toThrow(refused);
    await expect(
      reads.scores.scores([shop], { asOf: then, knowledge: 'now' }),
    ).rejects.toThrow(refused);
  });
});
