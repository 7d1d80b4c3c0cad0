import { mockServices, TestDatabaseId } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { EntitySnapshot } from '@waymark/waymark-common';
import { chunks } from '@waymark/waymark-node';
import { ManualClock, testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { migrated } from '../__testUtils__/migrated';
import { EntityStore } from '../entities/EntityStore';
import { FactStore } from '../facts/FactStore';
import { OutageStore } from '../outages/OutageStore';
import { Pending } from '../reads/Pending';
import {
  aFactSource,
  aScorecard,
  TestDefinitions,
} from './__testUtils__/TestDefinitions';
import type { Cause } from './cause';
import { DIRTY, markDirty } from './dirty';
import { markDue } from './dueQueue';
import { adoptEngine, ENGINE_VERSION } from './engineVersion';
import { LocalEvaluator } from './evaluation/Evaluator';
import { ResultEngine } from './ResultEngine';
import { ResultReader } from './ResultReader';

jest.setTimeout(120_000);

const databases = testDatabases();

const SOURCES = {
  git: aFactSource({
    readme: { type: 'boolean' },
    lastCommit: { type: 'string', format: 'date-time' },
  }),
};
const QUALITY = aScorecard([
  { id: 'readme', rule: 'facts.git.readme' },
  { id: 'active', level: 'silver', rule: 'ageDays(facts.git.lastCommit) < 30' },
]);

async function create(id: TestDatabaseId) {
  const knex = await migrated(databases, id);
  const clock = ManualClock.at('2026-03-01T12:00:00Z');
  const definitions = new TestDefinitions();
  definitions.set({ scorecards: { quality: QUALITY }, factSources: SOURCES });
  const engineOf = (engine?: number) =>
    ResultEngine.create({
      knex,
      clock,
      logger: mockServices.logger.mock(),
      definitions,
      evaluator: LocalEvaluator.create(),
      engine,
    });
  const engine = engineOf();
  const reader = ResultReader.of(knex);
  const mark = (entityIds: number[] | 'all', cause: Cause, detail?: string) =>
    knex.transaction(tx =>
      markDirty(tx, { entityIds, cause, detail }, clock.now()),
    );
  const see = (...snapshots: EntitySnapshot[]) =>
    knex.transaction(async tx => {
      const changes = await EntityStore.of(tx).apply(
        tx,
        { snapshots, deleted: [] },
        clock.now(),
      );
      const entityIds = changes.map(({ entityId }) => entityId);
      await markDirty(tx, { entityIds, cause: 'new' }, clock.now());
      return entityIds;
    });
  const say = (entityId: number, payload: JsonObject) =>
    knex.transaction(async tx => {
      await FactStore.of(tx).write(
        tx,
        [
          {
            entityId,
            source: 'git',
            payload,
            observedAt: clock.now(),
            provenance: { collector: 'git' },
          },
        ],
        clock.now(),
      );
      await markDirty(
        tx,
        { entityIds: [entityId], cause: 'fact', detail: 'git' },
        clock.now(),
      );
    });
  /** The results of an entity, shortly. */
  const current = async (entityId: number, asOf?: Date) =>
    (await reader.current([entityId], { asOf })).map(
      ({ scorecard, results, level, cause }) =>
        `${scorecard} ${results} ${level ?? '-'} ${cause}`,
    );
  return {
    ...{ knex, clock, definitions, engine, engineOf, reader },
    ...{ mark, see, say, current },
  };
}

const GOOD = { readme: true, lastCommit: '2026-02-28T00:00:00Z' };

describe.each(databases.eachSupportedId())('the engine on %s', id => {
  it('turns facts into results, remembers each with its cause, and writes nothing when nothing changes', async () => {
    const { clock, engine, reader, mark, see, say, current } = await create(id);
    const [entityId] = await see(aSnapshot('shop'));
    expect(await engine.runOnce()).toBe(1);
    expect(await current(entityId)).toEqual(['quality 33 - new']);
    const before = clock.now();

    clock.advance('PT1M');
    await say(entityId, GOOD);
    await engine.runOnce();
    expect(await current(entityId)).toEqual(['quality 00 1 fact']);
    expect(await current(entityId, before)).toEqual(['quality 33 - new']);

    clock.advance('PT1M');
    await say(entityId, GOOD);
    await mark('all', 'definition');
    expect(await engine.runOnce()).toBe(1);
    expect(await engine.runOnce()).toBe(0);

    clock.advance('PT1M');
    await say(entityId, { ...GOOD, readme: false });
    await engine.runOnce();
    expect(
      (await reader.changes(0, 10)).map(
        ({ seq, previous, results, cause, detail, validFrom, validTo }) => [
          ...[seq, previous, results, cause, detail],
          ...[validFrom.toISOString(), validTo?.toISOString()],
        ],
      ),
    ).toEqual([
      [
        1,
        undefined,
        '33',
        'new',
        undefined,
        '2026-03-01T12:00:00.000Z',
        '2026-03-01T12:01:00.000Z',
      ],
      [
        2,
        1,
        '00',
        'fact',
        'git',
        '2026-03-01T12:01:00.000Z',
        '2026-03-01T12:03:00.000Z',
      ],
      [3, 2, '20', 'fact', 'git', '2026-03-01T12:03:00.000Z', undefined],
    ]);
  });

  it('evaluates again exactly when time or staleness may change something', async () => {
    const { clock, engine, see, say, current } = await create(id);
    const [entityId] = await see(aSnapshot('shop'));
    await say(entityId, { ...GOOD, lastCommit: '2026-02-01T00:00:00Z' });
    await engine.runOnce();
    expect(await current(entityId)).toEqual(['quality 00 1 new']);
    clock.advance({ days: 1, hours: 11, minutes: 59, seconds: 59.999 });
    expect(await engine.runOnce()).toBe(0);
    clock.advance({ milliseconds: 1 });
    expect(await engine.runOnce()).toBe(1);
    expect(await current(entityId)).toEqual(['quality 02 0 time']);

    clock.advance({ days: 5, hours: 11, minutes: 59, seconds: 59.999 });
    expect(await engine.runOnce()).toBe(0);
    clock.advance({ milliseconds: 1 });
    await engine.runOnce();
    // Held: the readme counts as it was last, until the hold is over.
    expect(await current(entityId)).toEqual(['quality 57 0 staleness']);
    clock.advance('P7D');
    await engine.runOnce();
    expect(await current(entityId)).toEqual(['quality 33 - time']);
  });

  it('does not know during an outage, and holds what it knew', async () => {
    const { knex, clock, engine, see, say, current } = await create(id);
    const [entityId] = await see(aSnapshot('shop'));
    await say(entityId, GOOD);
    await engine.runOnce();
    clock.advance('PT1M');
    const outage = { source: 'git', error: 'Bad "token"' };
    await knex.transaction(tx =>
      OutageStore.of(tx).begin(tx, [outage], clock.now()),
    );
    await engine.runOnce();
    expect(await current(entityId)).toEqual(['quality 55 1 collector']);
    clock.advance('PT1M');
    await knex.transaction(tx =>
      OutageStore.of(tx).end(tx, [outage], clock.now()),
    );
    await engine.runOnce();
    expect(await current(entityId)).toEqual(['quality 00 1 collector']);
  });

  it('ends the results of entities and scorecards that are gone, and begins them again', async () => {
    const { knex, clock, definitions, engine, reader, mark, see, current } =
      await create(id);
    const [entityId, other] = await see(aSnapshot('shop'), aSnapshot('pay'));
    await engine.runOnce();
    clock.advance('PT1M');
    await knex.transaction(async tx => {
      await EntityStore.of(tx).apply(
        tx,
        { snapshots: [], deleted: ['component:default/shop'] },
        clock.now(),
      );
      await markDirty(
        tx,
        { entityIds: [entityId], cause: 'entity' },
        clock.now(),
      );
    });
    await engine.runOnce();
    expect(await current(entityId)).toEqual([]);
    expect(await current(other)).toHaveLength(1);

    clock.advance('PT1M');
    definitions.set({ scorecards: {}, factSources: SOURCES });
    await mark('all', 'definition', 'quality');
    await engine.runOnce();
    expect(await current(other)).toEqual([]);
    clock.advance('PT1M');
    definitions.set({ scorecards: { quality: QUALITY }, factSources: SOURCES });
    await mark('all', 'definition', 'quality');
    await engine.runOnce();
    expect(await current(other)).toEqual(['quality 33 - definition']);
    expect(
      (await reader.changes(2, 10)).map(({ entityId: of, results, cause }) => [
        of === entityId ? 'shop' : 'pay',
        results,
        cause,
      ]),
    ).toEqual([
      ['shop', undefined, 'entity'],
      ['pay', undefined, 'definition'],
      ['pay', '33', 'definition'],
    ]);
  });

  it('throws away what was evaluated when it was marked again meanwhile', async () => {
    const { clock, engineOf, mark, see, say, current, knex, definitions } =
      await create(id);
    const [entityId, other] = await see(aSnapshot('shop'), aSnapshot('pay'));
    const local = LocalEvaluator.create();
    let marked = false;
    const engine = ResultEngine.create({
      ...{ knex, clock, definitions, logger: mockServices.logger.mock() },
      evaluator: {
        evaluate: async (set, batch) => {
          const differences = await local.evaluate(set, batch);
          if (!marked) {
            marked = true;
            await say(entityId, GOOD);
          }
          return differences;
        },
        close: async () => {},
      },
    });
    await engine.runOnce();
    expect(await current(entityId)).toEqual(['quality 00 1 new']);
    expect(await current(other)).toEqual(['quality 33 - new']);
    await mark('all', 'definition');
    expect(await engineOf().runOnce()).toBe(2);
  });

  it('does not let an entity that cannot be evaluated stop the others, and tries it again ever more seldom', async () => {
    const { clock, see, say, current, knex, definitions } = await create(id);
    const names = ['shop', 'pay', 'cart', 'search', 'mail'];
    const entityIds = await see(...names.map(name => aSnapshot(name)));
    const [, , bad] = entityIds;
    const local = LocalEvaluator.create();
    const logger = mockServices.logger.mock();
    let isBad = true;
    const engine = ResultEngine.create({
      ...{ knex, clock, definitions, logger },
      evaluator: {
        evaluate: async (set, batch) => {
          if (isBad && batch.leased.some(({ entityId }) => entityId === bad)) {
            throw new Error('out of memory');
          }
          return local.evaluate(set, batch);
        },
        close: async () => {},
      },
    });
    await engine.runOnce();
    for (const entityId of entityIds) {
      expect(await current(entityId)).toEqual(
        entityId === bad ? [] : ['quality 33 - new'],
      );
    }
    expect(logger.error.mock.calls).toEqual([
      [
        `Could not evaluate entity ${bad}, will try again: Error: out of memory`,
      ],
    ]);
    expect(await Pending.of(knex).pending(entityIds)).toEqual(new Set([bad]));

    for (const minutes of [1, 2, 4, 8, 16, 32, 60, 60]) {
      clock.advance({ minutes: minutes - 1, seconds: 59.999 });
      expect(await engine.runOnce()).toBe(0);
      clock.advance({ milliseconds: 1 });
      expect(await engine.runOnce()).toBe(1);
    }
    expect(logger.error).toHaveBeenCalledTimes(9);

    await say(bad, GOOD);
    expect(await engine.runOnce()).toBe(1);
    expect(await knex(DIRTY)).toMatchObject([{ entity_id: bad, failures: 1 }]);
    isBad = false;
    clock.advance('PT1M');
    await engine.runOnce();
    expect(await current(bad)).toEqual(['quality 00 1 new']);
    expect(await knex(DIRTY)).toEqual([]);
  });

  it('never holds more at once than it should, however much there is of each entity', async () => {
    const { clock, see, current, knex, definitions } = await create(id);
    const schema = { readme: { type: 'string' }, report: { type: 'string' } };
    definitions.set({
      scorecards: {
        quality: aScorecard([
          { id: 'readme', rule: 'facts.git.readme == "yes"' },
        ]),
      },
      factSources: { git: aFactSource(schema) },
    });
    const entityIds = await see(
      ...Array.from({ length: 150 }, (_, index) => aSnapshot(`s${index}`)),
    );
    const payload = { readme: 'yes', report: 'y'.repeat(126 * 1024) };
    await knex.transaction(async tx => {
      for (const some of chunks(entityIds.slice(1), 10)) {
        await FactStore.of(tx).write(
          tx,
          some.map(entityId => ({
            ...{ entityId, source: 'git', payload, observedAt: clock.now() },
            provenance: { collector: 'git' },
          })),
          clock.now(),
        );
      }
    });
    const local = LocalEvaluator.create();
    const sizes: number[] = [];
    const engine = ResultEngine.create({
      ...{ knex, clock, definitions, logger: mockServices.logger.mock() },
      evaluator: {
        evaluate: async (set, batch) => {
          sizes.push(batch.facts?.length ?? 0);
          return local.evaluate(set, batch);
        },
        close: async () => {},
      },
    });
    expect(await engine.runOnce()).toBe(150);
    expect(Math.max(...sizes)).toBeLessThan(17 * 1024 * 1024);
    expect(sizes).toHaveLength(2);
    expect(await current(entityIds[0])).toEqual(['quality 3 - new']);
    expect(await current(entityIds[149])).toEqual(['quality 0 0 new']);
    expect(await knex(DIRTY)).toEqual([]);
  });

  it('evaluates what is pushed before what an outage or the time concerns, whenever it came', async () => {
    const { clock, engine, see, say, knex, definitions } = await create(id);
    const names = Array.from({ length: 12 }, (_, index) => `s${index}`);
    const entityIds = await see(...names.map(name => aSnapshot(name)));
    for (const entityId of entityIds) await say(entityId, GOOD);
    await engine.runOnce();
    const local = LocalEvaluator.create();
    let order: number[] = [];
    const slow = ResultEngine.create({
      ...{ knex, clock, definitions, logger: mockServices.logger.mock() },
      batchSize: 1,
      evaluator: {
        evaluate: async (set, batch) => {
          order.push(...batch.leased.map(({ entityId }) => entityId));
          return local.evaluate(set, batch);
        },
        close: async () => {},
      },
    });
    const last = entityIds[entityIds.length - 1];

    await knex.transaction(tx =>
      OutageStore.of(tx).begin(
        tx,
        [{ source: 'git', error: 'Bad token' }],
        clock.now(),
      ),
    );
    clock.advance('PT1S');
    await say(last, { ...GOOD, readme: false });
    expect(await slow.runOnce()).toBe(12);
    // One in each lane, at the same time.
    expect(order.slice(0, 3)).toContain(last);

    order = [];
    clock.advance('P8D');
    await markDue(knex, clock.now(), 500);
    clock.advance('PT1S');
    await say(last, GOOD);
    expect(await slow.runOnce()).toBe(12);
    expect(order.slice(0, 3)).toContain(last);
  });

  it('keeps every mark while nothing at all can be evaluated, and goes on afterwards', async () => {
    const { clock, see, current, knex, definitions } = await create(id);
    const entityIds = await see(
      ...['shop', 'pay', 'cart'].map(name => aSnapshot(name)),
    );
    const local = LocalEvaluator.create();
    const logger = mockServices.logger.mock();
    let isBroken = true;
    const engine = ResultEngine.create({
      ...{ knex, clock, definitions, logger },
      evaluator: {
        evaluate: async (set, batch) => {
          if (isBroken) throw new Error('no thread can be started');
          return local.evaluate(set, batch);
        },
        close: async () => {},
      },
    });
    await expect(engine.runOnce()).rejects.toThrow('no thread can be started');
    expect(await knex(DIRTY).pluck('lease_token')).toEqual([null, null, null]);
    expect(logger.error).not.toHaveBeenCalled();

    isBroken = false;
    expect(await engine.runOnce()).toBe(3);
    expect(await knex(DIRTY)).toEqual([]);
    for (const entityId of entityIds) {
      expect(await current(entityId)).toEqual(['quality 33 - new']);
    }
  });

  it('evaluates everything anew with a newer engine, and leaves it to the newest, whoever starts again', async () => {
    const { clock, engine, engineOf, see, say, current, knex } = await create(
      id,
    );
    const [entityId] = await see(aSnapshot('shop'));
    await engine.runOnce();
    expect(await adoptEngine(knex, ENGINE_VERSION, clock.now())).toBe(false);
    expect(await knex(DIRTY)).toEqual([]);
    const next = ENGINE_VERSION + 9;
    expect(await adoptEngine(knex, next, clock.now())).toBe(true);
    const mark = { cause: 'engine', detail: String(next) };
    expect(await knex(DIRTY)).toMatchObject([{ entity_id: entityId, ...mark }]);
    const newer = engineOf(next);
    expect(await newer.runOnce()).toBe(1);

    clock.advance('PT1M');
    const restarted = engineOf();
    await restarted.start();
    await restarted.stop();
    expect(await knex(DIRTY)).toEqual([]);
    await say(entityId, GOOD);
    expect(await engine.runOnce()).toBe(0);
    expect(await restarted.runOnce()).toBe(0);
    expect(await newer.runOnce()).toBe(1);
    expect(await current(entityId)).toEqual(['quality 00 1 fact']);
  });

  it('evaluates at once what is marked in its process', async () => {
    const { engine, see, current } = await create(id);
    await engine.start();
    try {
      const [entityId] = await see(aSnapshot('shop'));
      const began = performance.now();
      while ((await current(entityId)).length === 0) {
        expect(performance.now() - began).toBeLessThan(10_000);
      }
    } finally {
      await engine.stop();
    }
  });
});
