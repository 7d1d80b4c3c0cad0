import { testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { migrated } from '../__testUtils__/migrated';
import { factSource } from '../intake/__testUtils__/createIntake';
import {
  createCollectors,
  nameOf,
  passed,
  scanSource,
} from './__testUtils__/createCollectors';

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

  it('writes what a repository attests of its own entities, and says what is wrong with that', async () => {
    const world = createCollectors(knex, {
      factSources: [
        scanSource(),
        factSource(2, {
          id: 'audit',
          writers: [{ attestation: 'sourceRepository' }],
        }),
      ],
    });
    const { collector, runner } = world;
    await world.add(['wallet', 'ledger']);
    const attested = (name: string) =>
      `{ entityRef: component:default/${name}, source: audit, payload: { passed: true, findings: [] }, observedAt: 2026-02-28 }`;
    collector.onCollect = context => {
      for (const { ref, source } of context.entities) {
        context.report(ref, { payload: passed });
        if (nameOf(ref) === 'wallet') {
          context.attest({
            repository: source!,
            commit: 'abcdef0',
            text: `{ apiVersion: waymark.dev/v1, kind: Facts, facts: [${attested(
              'wallet',
            )}, ${attested('ledger')}] }`,
          });
        } else {
          context.attest({ repository: source!, text: 'facts: [' });
          context.attest({ repository: source!, problem: 'It is too large' });
        }
      }
    };
    await runner.runOnce();
    expect(await world.facts('wallet')).toHaveLength(2);
    expect(await world.facts('ledger')).toHaveLength(1);
    expect(await world.outages()).toEqual([]);
    expect(
      await knex('collector_partitions').orderBy('key').pluck('error'),
    ).toEqual([
      expect.stringMatching(
        /^\.waymark\/facts\.yaml: .* at line 1.*\.waymark\/facts\.yaml: It is too large$/s,
      ),
      '.waymark/facts.yaml: facts[1].entityRef: attestation:forge.example/acme/wallet may not write about component:default/ledger',
    ]);
  });

  it('collects at once what somebody asks for, and again what was asked for during a run', async () => {
    const world = createCollectors(knex);
    const { collector, runner } = world;
    await world.add(['wallet', 'ledger']);
    await runner.runOnce();
    collector.taken();

    await runner.collectNow(['component:default/wallet']);
    await runner.runOnce();
    expect(collector.taken()).toEqual(['wallet']);

    const fine = collector.onCollect;
    let asked = false;
    collector.onCollect = async context => {
      if (!asked) {
        asked = true;
        await runner.collectNow(['component:default/ledger']);
      }
      await fine(context);
    };
    await runner.collectNow(['component:default/ledger']);
    await runner.runOnce();
    expect(collector.taken()).toEqual(['ledger', 'ledger']);
  });

  it('puts what somebody waits for before what is due by schedule', async () => {
    const world = createCollectors(knex);
    const { collector } = world;
    const order: string[] = [];
    const runner = world.createRunner({ concurrency: 1 });
    const names = Array.from({ length: 12 }, (_, index) => `s${index}`);
    await world.add(names);
    const fine = collector.onCollect;
    collector.onCollect = async context => {
      order.push(...context.entities.map(({ ref }) => nameOf(ref)));
      if (order.length === 1) {
        await runner.collectNow(['component:default/s11']);
      }
      await fine(context);
    };
    await runner.runOnce();
    expect(order).toHaveLength(12);
    expect(order.slice(1, 4)).toContain('s11');
  });

  it('takes large partitions in parts, first what was asked for', async () => {
    const world = createCollectors(knex);
    const { collector, clock, runner } = world;
    const names = Array.from({ length: 501 }, (_, index) => `s${index}`);
    await world.add(names, 'mono');
    await runner.runOnce();
    expect(collector.calls.map(({ length }) => length)).toEqual([500, 1]);
    expect(await world.health()).toMatchObject({ entities: 501, overdue: 0 });

    collector.taken();
    clock.advance('PT1H');
    await runner.collectNow(['component:default/s500']);
    await runner.runOnce();
    expect(collector.calls[0]).toContain('s500');
    expect(new Set(collector.calls.flat()).size).toBe(501);

    // Also once something is remembered.
    const whole: boolean[] = [];
    const fine = collector.onCollect;
    collector.onCollect = async context => {
      whole.push(context.isWhole);
      context.remember({ etag: 1 });
      await fine(context);
    };
    for (let run = 0; run < 2; run += 1) {
      collector.taken();
      clock.advance('PT1H');
      await runner.runOnce();
      expect(collector.calls.map(({ length }) => length)).toEqual([500, 1]);
      expect(await world.health()).toMatchObject({ overdue: 0 });
    }
    expect(whole).toEqual([false, false, false, false]);
  });

  it('keeps what a collector remembers only when all went well, and forgets it with the definition', async () => {
    const world = createCollectors(knex);
    const { collector, clock, runner } = world;
    await world.add(['wallet', 'ledger'], 'mono');
    const states: unknown[] = [];
    let etag = 0;
    let isFine = true;
    collector.onCollect = context => {
      states.push(context.state);
      etag += 1;
      context.remember({ etag });
      context.report('component:default/wallet', { payload: passed });
      if (isFine) {
        context.report('component:default/ledger', { payload: passed });
      }
    };
    await runner.runOnce();
    clock.advance('PT1H');
    isFine = false;
    await runner.runOnce();
    expect(await world.outages()).toEqual([
      'ledger: The collector has said nothing of it',
    ]);
    // What it remembers is about all of the partition, so that it is asked about all of it again.
    collector.taken();
    isFine = true;
    clock.advance('PT1M');
    await runner.runOnce();
    expect(collector.taken()).toEqual(['ledger wallet']);
    await world.add(['payouts'], 'mono');
    collector.onCollect = context => {
      states.push(context.state);
      for (const { ref, previous } of context.entities) {
        states.push([nameOf(ref), previous.get('scan')?.payload]);
        context.report(ref, { payload: passed });
      }
    };
    await runner.runOnce();
    expect(states.splice(0)).toEqual([
      undefined,
      { etag: 1 },
      { etag: 1 },
      { etag: 3 },
      ['wallet', passed],
      ['ledger', passed],
      ['payouts', undefined],
    ]);

    world.factSources.splice(0, 1, scanSource(2));
    await runner.runOnce();
    expect(states[0]).toBeUndefined();
    expect(collector.taken()).toEqual([
      'ledger payouts wallet',
      'ledger payouts wallet',
    ]);
  });

  it('gives up what is not ready in time, and takes what it has said by then', async () => {
    const world = createCollectors(knex, {
      factSources: [
        scanSource(1, { schedule: { frequency: 'PT1H', timeout: 'PT1S' } }),
      ],
    });
    const { collector, runner } = world;
    await world.add(['wallet', 'ledger'], 'mono');
    let late: () => void = () => {};
    collector.onCollect = context => {
      context.report('component:default/wallet', { payload: passed });
      late = () =>
        context.report('component:default/ledger', { payload: passed });
      return new Promise(() => {});
    };
    await runner.runOnce();
    late();
    expect(await world.facts('wallet')).toEqual([passed]);
    expect(await world.outages()).toEqual([
      'ledger: Not ready within 1 seconds',
    ]);
  });
});
