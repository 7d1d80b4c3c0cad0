import { testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { migrated } from '../__testUtils__/migrated';
import { createCollectors, passed } from './__testUtils__/createCollectors';

jest.setTimeout(120_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('CollectorRunner on %s', id => {
  let knex: Knex;
  beforeEach(async () => {
    knex = await migrated(databases, id);
  });

  it('collects the facts of every entity, one call for each partition, as often as Git says', async () => {
    const world = createCollectors(knex);
    const { collector, clock, runner } = world;
    await world.add(['wallet']);
    await world.add(['ledger', 'ledger-worker'], 'ledger');

    await runner.runOnce();
    expect(collector.taken()).toEqual(['ledger ledger-worker', 'wallet']);
    expect(await world.facts('wallet')).toEqual([passed]);
    expect(await world.facts('ledger-worker')).toEqual([passed]);
    expect(await world.dirty()).toEqual([
      'ledger-worker: fact',
      'ledger: fact',
      'wallet: fact',
    ]);

    clock.advance('PT59M');
    await runner.runOnce();
    expect(collector.taken()).toEqual([]);
    clock.advance('PT1M');
    await runner.runOnce();
    expect(collector.taken()).toEqual(['ledger ledger-worker', 'wallet']);
    expect(await world.dirty()).toEqual([]);
  });

  it('says of one entity that fails that it is not known, and keeps what it learns of the others', async () => {
    const world = createCollectors(knex);
    const { collector, clock, runner } = world;
    await world.add(['wallet', 'ledger', 'payouts'], 'mono');
    const fine = collector.onCollect;
    collector.onCollect = context => {
      context.report('component:default/wallet', { payload: passed });
      context.fail(
        'component:default/ledger',
        new Error('No such folder at https://me:secret@forge.example/x'),
      );
      context.report('component:default/payouts', {
        payload: { passed: 'yes' },
      });
    };
    await runner.runOnce();
    expect(await world.facts('wallet')).toEqual([passed]);
    expect(await world.outages()).toEqual([
      'ledger: No such folder at https://forge.example/x',
      expect.stringMatching(/^payouts: payload.*/),
    ]);
    expect(await world.dirty()).toEqual([
      'ledger: collector',
      'payouts: collector',
      'wallet: fact',
    ]);
    expect(collector.taken()).toEqual(['ledger payouts wallet']);

    // After a minute, then two, then four.
    for (const pause of ['PT1M', 'PT2M']) {
      clock.advance(pause);
      await runner.runOnce();
      expect(collector.taken()).toEqual(['ledger payouts']);
      await runner.runOnce();
      expect(collector.taken()).toEqual([]);
    }
    expect(await world.dirty()).toEqual([]);

    collector.onCollect = fine;
    clock.advance('PT4M');
    await runner.runOnce();
    expect(await world.outages()).toEqual([]);
    expect(await world.dirty()).toEqual(['ledger: fact', 'payouts: fact']);
  });
});
