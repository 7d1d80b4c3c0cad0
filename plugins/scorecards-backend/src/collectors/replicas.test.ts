import { mockServices } from '@backstage/backend-test-utils';
import { DefaultEventsService } from '@backstage/plugin-events-node';
import { eventually, testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrated } from '../__testUtils__/migrated';
import { createCollectors, passed } from './__testUtils__/createCollectors';

jest.setTimeout(120_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('replicas on %s', id => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await migrated(databases, id);
  });

  /** A promise, and what fulfils it. */
  function gate() {
    let open: () => void = () => {};
    const opened = new Promise<void>(resolve => {
      open = resolve;
    });
    return { open, opened };
  }

  it('share what is due, and run nothing twice', async () => {
    const world = createCollectors(knex);
    const { collector } = world;
    const names = Array.from({ length: 30 }, (_, index) => `s${index}`);
    await world.add(names);
    await Promise.all(
      [1, 2, 3].map(() => world.createRunner({ concurrency: 2 }).runOnce()),
    );
    await world.runner.runOnce();
    expect(collector.taken()).toEqual([...names].sort());
    expect(await world.health()).toMatchObject({
      entities: 30,
      overdue: 0,
      running: 0,
    });
  });

  it('go on where one was killed, which changes nothing if it was not dead after all', async () => {
    const world = createCollectors(knex);
    const { collector, clock } = world;
    await world.add(['wallet']);
    const fine = collector.onCollect;
    const { open, opened } = gate();
    collector.onCollect = async context => {
      await opened;
      context.fail(context.entities[0].ref, new Error('Too late'));
    };
    const killed = world.createRunner().runOnce();
    await eventually(async () => collector.calls[0]);
    expect(await world.health()).toMatchObject({ running: 1 });

    collector.onCollect = fine;
    const other = world.createRunner();
    clock.advance('PT59S');
    await other.runOnce();
    expect(collector.taken()).toEqual(['wallet']);
    clock.advance('PT1S');
    await other.runOnce();
    expect(collector.taken()).toEqual(['wallet']);
    expect(await world.facts('wallet')).toEqual([passed]);

    open();
    await killed;
    expect(await world.outages()).toEqual([]);
    expect(await world.health()).toMatchObject({ failed: 0, error: null });
  });

  it('believe what was seen last, though the clock of whoever saw it is behind', async () => {
    const world = createCollectors(knex);
    const { collector, clock, runner } = world;
    await world.add(['wallet']);
    await runner.runOnce();
    const failed = { passed: false, findings: [] };
    const say = (payload: object) => {
      collector.onCollect = ({ entities, report }) =>
        entities.forEach(({ ref }) => report(ref, { payload }));
    };
    say(failed);
    clock.advance({ minutes: -2 });
    await world.createRunner().collectNow(['component:default/wallet']);
    await world.createRunner().runOnce();
    expect(await world.facts('wallet')).toEqual([failed]);

    // Whoever has lost the lease has seen what was before.
    const { open, opened } = gate();
    collector.onCollect = async ({ entities, report }) => {
      await opened;
      report(entities[0].ref, { payload: passed });
    };
    clock.advance('PT4M');
    await runner.collectNow(['component:default/wallet']);
    const calls = collector.calls.length;
    const killed = runner.runOnce();
    await eventually(async () => collector.calls[calls]);
    say({ passed: false, findings: ['A word'] });
    clock.advance('PT61S');
    await world.createRunner().runOnce();
    open();
    await killed;
    expect(await world.facts('wallet')).toEqual([
      { passed: false, findings: ['A word'] },
    ]);
  });

  it('leave alone what another one is still at', async () => {
    const world = createCollectors(knex);
    const { collector, clock } = world;
    await world.add(['wallet']);
    const fine = collector.onCollect;
    const { open, opened } = gate();
    collector.onCollect = async context => {
      await opened;
      await fine(context);
    };
    const slow = world.createRunner({ renewMillis: 10 }).runOnce();
    await eventually(async () => collector.calls[0]);
    for (const _ of [1, 2, 3]) {
      clock.advance('PT40S');
      await sleep(200);
    }
    await world.createRunner().runOnce();
    open();
    await slow;
    expect(collector.taken()).toEqual(['wallet']);
  });

  it('leave to others what they were at when they stop', async () => {
    const world = createCollectors(knex);
    const { collector } = world;
    await world.add(['wallet']);
    const fine = collector.onCollect;
    collector.onCollect = ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    const stopping = world.createRunner();
    await stopping.start();
    await eventually(async () => collector.calls[0]);
    await stopping.stop();
    expect(await world.outages()).toEqual([]);

    collector.onCollect = fine;
    await world.createRunner().runOnce();
    expect(await world.facts('wallet')).toEqual([passed]);
  });

  it('collect by themselves, and at once on an event', async () => {
    const world = createCollectors(knex);
    const { collector } = world;
    const logger = mockServices.logger.mock();
    const events = DefaultEventsService.create({ logger });
    const runner = world.createRunner({ events, logger });
    await runner.start();
    try {
      await world.add(['wallet', 'ledger']);
      await eventually(async () => collector.calls[1]);
      expect(collector.taken()).toEqual(['ledger', 'wallet']);

      await events.publish({
        topic: 'scan.done',
        eventPayload: 'forge.example/acme/wallet',
      });
      await eventually(async () => collector.calls[0], 2_000);
      await sleep(1_200);
      expect(collector.taken()).toEqual(['wallet']);

      await events.publish({ topic: 'scan.done', eventPayload: 'elsewhere' });
      await events.publish({ topic: 'scan.gone', eventPayload: 'x' });
      await sleep(1_200);
      expect(collector.taken()).toEqual([]);
      expect(logger.error).not.toHaveBeenCalled();
      expect(logger.warn).not.toHaveBeenCalled();
    } finally {
      await runner.stop();
    }
  });
});
