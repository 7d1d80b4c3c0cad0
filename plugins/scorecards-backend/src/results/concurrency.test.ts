import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock, testDatabases } from '@waymark/waymark-node/testUtils';
import { setTimeout } from 'node:timers/promises';
import { migrated } from '../__testUtils__/migrated';
import { transact } from '../database/transact';
import { FactStore } from '../facts/FactStore';
import { OutageStore } from '../outages/OutageStore';
import { fleetDefinitions, writeFleet } from './__testUtils__/fleet';
import { DIRTY, markDirty } from './dirty';
import { Evaluator, LocalEvaluator } from './evaluation/Evaluator';
import { ResultEngine } from './ResultEngine';
import { ResultReader } from './ResultReader';

jest.setTimeout(300_000);

const databases = testDatabases();
const ENTITIES = 60;
const WRITERS = 4;
const WRITES = 40;
const REPLICAS = 3;
const EVALUATION_MILLIS = 15;

/** Leaves time between what is read and what is written, so that others come between. */
function slowEvaluator(): Evaluator {
  const local = LocalEvaluator.create();
  return {
    evaluate: async (definitions, batch) => {
      await setTimeout(EVALUATION_MILLIS);
      return local.evaluate(definitions, batch);
    },
    close: () => local.close(),
  };
}

describe.each(databases.eachSupportedId())('results on %s', id => {
  it('are those of the last word, however many write and evaluate at the same time', async () => {
    const knex = await migrated(databases, id);
    await writeFleet(knex, ENTITIES);
    const clock = ManualClock.at('2026-03-02T12:00:00Z');
    const logger = mockServices.logger.mock();
    const engines = Array.from({ length: REPLICAS }, () =>
      ResultEngine.create({
        ...{ knex, clock, logger },
        definitions: fleetDefinitions(),
        evaluator: slowEvaluator(),
        batchSize: 7,
        everyMillis: 5,
      }),
    );
    await Promise.all(engines.map(engine => engine.start()));

    const say = (writer: number, turn: number) =>
      transact(knex, async tx => {
        // In an order of each writer's own, as they come from outside.
        const entityIds = [0, 1, 2, 3].map(
          step => 1 + ((writer * 31 + turn * 17 + step * 23) % ENTITIES),
        );
        await FactStore.of(tx).write(
          tx,
          entityIds.map(entityId => ({
            entityId,
            source: 'git',
            payload: { readme: turn % 3 > 0, findings: (turn + writer) % 7 },
            observedAt: clock.now(),
            provenance: { collector: 'git' },
          })),
          clock.now(),
        );
        await markDirty(tx, { entityIds, cause: 'fact' }, clock.now());
      });
    const fail = (turn: number) =>
      transact(knex, async tx => {
        const outage = { source: 'git', entityId: 5, error: 'down' };
        const outages = OutageStore.of(tx);
        await (turn % 2 === 0
          ? outages.begin(tx, [outage], clock.now())
          : outages.end(tx, [outage], clock.now()));
      });
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let turn = 0; turn < WRITES; turn += 1) {
          clock.advance({ milliseconds: 1 });
          await say(writer, turn);
          if (writer === 0) await fail(turn);
          if (turn < WRITES / 2 && turn % 10 === writer) {
            await knex.transaction(tx =>
              markDirty(
                tx,
                { entityIds: 'all', cause: 'definition' },
                clock.now(),
              ),
            );
          }
        }
      }),
    );
    await Promise.all(engines.map(engine => engine.stop()));
    const [engine] = engines;
    await engine.runOnce();
    expect(await knex(DIRTY)).toEqual([]);
    expect(logger.error.mock.calls).toEqual([]);

    const reader = ResultReader.of(knex);
    const feed = await reader.changes(0, 100_000);
    expect(feed.map(({ seq }) => seq)).toEqual(
      feed.map((_, index) => index + 1),
    );
    // Everything evaluated once more says nothing else.
    await knex.transaction(tx =>
      markDirty(tx, { entityIds: 'all', cause: 'definition' }, clock.now()),
    );
    expect(await engine.runOnce()).toBe(ENTITIES);
    expect(await reader.lastSeq()).toBe(feed.length);
    expect(feed.length).toBeGreaterThan(ENTITIES * 2);
  });
});

// SQLite lets one write at a time, and nobody looks meanwhile.
const locking = databases.eachSupportedId().filter(([id]) => id !== 'SQLITE_3');

describe.each(locking)('results on %s', id => {
  // The clock of the test stands still: whatever waited for the end of a lease would wait for ever.
  it('come at once of what somebody else looked at while it was settled', async () => {
    const knex = await migrated(databases, id);
    await writeFleet(knex, ENTITIES);
    const clock = ManualClock.at('2026-03-02T12:00:00Z');
    const local = LocalEvaluator.create();
    const looks: Promise<void>[] = [];
    const engine = ResultEngine.create({
      ...{ knex, clock, logger: mockServices.logger.mock() },
      definitions: fleetDefinitions(),
      batchSize: ENTITIES,
      evaluator: {
        evaluate: async (definitions, batch) => {
          if (looks.length === 0) {
            const locked = new Promise<void>(resolve => {
              looks.push(
                knex.transaction(async tx => {
                  await tx(DIRTY).where({ entity_id: 5 }).forUpdate();
                  resolve();
                  await setTimeout(20 * EVALUATION_MILLIS);
                }),
              );
            });
            await locked;
          }
          return local.evaluate(definitions, batch);
        },
        close: () => local.close(),
      },
    });
    await knex.transaction(tx =>
      markDirty(tx, { entityIds: 'all', cause: 'new' }, clock.now()),
    );
    expect(await engine.runOnce()).toBe(ENTITIES + 1);
    await Promise.all(looks);
    expect(await knex(DIRTY)).toEqual([]);
    const [result] = await ResultReader.of(knex).current([5]);
    expect(result).toMatchObject({ entityId: 5 });
    await engine.stop();
  });
});
