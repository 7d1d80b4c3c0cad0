import { mockServices } from '@backstage/backend-test-utils';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { createWorld, WRITTEN_BY_TESTS } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import { EntityStore } from '../entities/EntityStore';
import { createReads } from '../reads/createReads';

jest.setTimeout(120_000);

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
    const say = async () => {
      await world.say(REF, 'git', { readme: true, tests: 1 });
      await world.engine.runOnce();
    };
    /** What the result, its proof and the fact say of an instant. */
    const told = async (asOf: Date) => {
      const [entity] = await EntityStore.of(knex).byRefs([REF], asOf);
      const proof = await reads.proofs.proof(entity, {
        scorecard: 'basics',
        check: 'check-0',
        asOf,
      });
      const [{ facts }] = await reads.facts.facts([entity], { asOf });
      const [{ state, observedAt }] = facts;
      expect(Date.parse(observedAt!)).toBeLessThanOrEqual(asOf.getTime());
      return [proof.result.state, proof.rule.value ?? null, state];
    };
    return { ...world, say, told };
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
});
