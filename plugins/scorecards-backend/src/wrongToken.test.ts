import {
  CollectContext,
  FactCollector,
  RefusedError,
  sourceRepositoryPartition,
} from '@waymark/scorecards-node';
import { unpackResults } from '@waymark/scorecards-common';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from './__testUtils__/aSnapshot';
import { createWorld } from './__testUtils__/createWorld';
import { aFactSource, aScorecard } from './__testUtils__/definitions';
import { CollectorRunner } from './collectors';
import { EntityStore } from './entities/EntityStore';
import { OutageStore } from './outages/OutageStore';
import { ResultReader } from './results/ResultReader';

jest.setTimeout(120_000);

const databases = testDatabases();
const ERROR = 'Bad credentials';

/** A collector whose token a test can take away. */
class TokenCollector implements FactCollector {
  readonly id = 'scan';
  readonly sources = ['git'];
  readonly partitionOf = sourceRepositoryPartition;
  token = 'right';

  async collect(context: CollectContext): Promise<void> {
    if (this.token !== 'right') {
      throw new RefusedError({
        question: 'the repository acme/api',
        status: 401,
        reason: ERROR,
        hostMessage: ERROR,
      });
    }
    context.entities.forEach(({ ref }) =>
      context.report(ref, { payload: { readme: true, tests: 9 } }),
    );
  }
}

async function create(id: Parameters<typeof createWorld>[1]) {
  const world = await createWorld(databases, id);
  const { knex, clock, engine } = world;
  const collector = new TokenCollector();
  const runner = CollectorRunner.create({ ...world, collectors: [collector] });
  await world.see(aSnapshot('api'));
  await world.define(
    aFactSource('git', {
      staleAfter: 'P30D',
      writers: [{ collector: 'scan' }],
      schedule: { frequency: 'PT1H', timeout: 'PT5M' },
    }),
    aScorecard('basics', [
      'facts.git.readme',
      "entity.spec.lifecycle == 'production'",
    ]),
  );
  const [entity] = await EntityStore.of(knex).byRefs(['component:default/api']);
  const outages = (asOf?: Date) => OutageStore.of(knex).read([entity.id], asOf);
  return {
    ...world,
    collector,
    outages,
    /** Runs what is due, and evaluates what has changed. */
    async turn() {
      await runner.runOnce();
      await engine.runOnce();
    },
    /** Lets time pass; nothing but what is due is evaluated. */
    async pass(hours: number) {
      clock.advance({ hours });
      await engine.runOnce();
    },
    async score(asOf?: Date) {
      const [result] = await ResultReader.of(knex).current([entity.id], {
        asOf,
      });
      const { level, confidence, cause } = result;
      const [{ state, underlying, held }] = unpackResults(result.results);
      return { level, confidence, cause, state, underlying, held };
    },
  };
}

describe.each(databases.eachSupportedId())(
  'a wrong token of a collector on %s',
  id => {
    it('makes facts unknown with the error, holds the level for a while, then blocks it, and stays visible as an interval', async () => {
      const { clock, collector, outages, pass, score, turn } = await create(id);
      await turn();
      const good = { level: 0, confidence: 10_000, state: 'pass' };
      expect(await score()).toMatchObject(good);

      collector.token = 'wrong';
      await pass(2);
      await turn();
      const began = clock.now();
      expect(await outages()).toMatchObject([
        { source: 'git', error: expect.stringContaining(ERROR) },
      ]);
      const held = {
        level: 0,
        confidence: 5_000,
        cause: 'collector',
        state: 'unknown',
        underlying: 'pass',
        held: true,
      };
      expect(await score()).toMatchObject(held);

      await pass(6 * 24);
      expect(await score()).toMatchObject(held);
      await pass(25);
      expect(await score()).toEqual({
        level: -1,
        confidence: 5_000,
        cause: 'time',
        state: 'unknown',
        underlying: undefined,
        held: undefined,
      });

      collector.token = 'right';
      await pass(24);
      await turn();
      expect(await outages()).toEqual([]);
      expect(await score()).toMatchObject(good);
      expect(await outages(new Date(began.getTime() + 1000))).toMatchObject([
        {
          error: expect.stringContaining(ERROR),
          validFrom: began,
          validTo: clock.now(),
        },
      ]);
      expect(await score(new Date(began.getTime() + 1000))).toMatchObject(held);
    });
  },
);
