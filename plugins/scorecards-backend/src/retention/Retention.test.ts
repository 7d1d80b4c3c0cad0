import { mockServices } from '@backstage/backend-test-utils';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { DeliveryIntake } from '../delivery';
import { DELIVERY_EVENTS } from '../delivery/DeliveryEventStore';
import { FACTS, LATE } from '../facts/tables';
import {
  createIntake,
  factSource,
  NOW,
  world,
} from '../intake/__testUtils__/createIntake';
import { FactWriter } from '../intake/writers';
import { IDEMPOTENCY_KEYS, IdempotencyKeys } from '../intake/IdempotencyKeys';
import { OUTAGES, OutageStore } from '../outages/OutageStore';
import { FactReferences, Retention } from './Retention';
import { RetentionTask } from './RetentionTask';

jest.setTimeout(120_000);

const COLLECTOR: FactWriter = { kind: 'collector', id: 'scan' };
const REF = 'component:default/wallet';
const SOURCES = ['scan', 'audit', 'gone'];
const NOTHING = {
  facts: 0,
  lateFacts: 0,
  outages: 0,
  deliveryEvents: 0,
  idempotencyKeys: 0,
};

const databases = testDatabases();

describe.each(databases.eachSupportedId())('retention on %s', id => {
  let knex: Knex;
  beforeAll(async () => {
    knex = await databases.init(id);
  });

  async function create(references: FactReferences[] = []) {
    const here = world();
    const writers = [{ collector: 'scan' }];
    const schema = {
      type: 'object',
      required: ['n'],
      properties: { n: { type: 'integer' } },
    };
    here.factSources = [
      factSource(11, { id: 'scan', writers, schema }),
      factSource(12, { id: 'audit', writers, schema, retention: 'evidence' }),
      factSource(13, { id: 'gone', writers, schema }),
    ];
    const made = await createIntake(knex, here);
    for (const table of [OUTAGES, DELIVERY_EVENTS, IDEMPOTENCY_KEYS]) {
      await knex(table).delete();
    }
    const keys = IdempotencyKeys.create(made);
    const retention = Retention.create({ ...made, keys, references });
    const say = (n: number, observedAt = made.clock.now()) =>
      made.intake.write(
        SOURCES.map(source => ({
          entityRef: REF,
          source,
          payload: { n },
          observedAt,
        })),
        COLLECTOR,
      );
    const left = async (table = FACTS): Promise<string[]> =>
      (
        await knex(table)
          .join('fact_sources', 'fact_sources.id', `${table}.source_id`)
          .orderBy(`${table}.observed_at`)
          .orderBy('name')
      ).map(({ name, payload }) => `${name} ${JSON.parse(payload).n}`);
    return { ...made, here, keys, retention, say, left };
  }

  it('lets go of what has ended by the class of its source, and of nothing that is in force', async () => {
    const { clock, here, retention, say, left } = await create();
    await say(1);
    await say(1, new Date('2026-02-01T00:00:00Z'));
    clock.advance({ days: 1 });
    await say(2);
    // Nobody knows any more what it was.
    here.factSources.splice(2, 1);

    clock.advance({ days: 89 });
    expect(await retention.purge()).toEqual({ ...NOTHING, lateFacts: 1 });
    expect(await left(LATE)).toEqual(['audit 1', 'gone 1']);
    clock.advance({ days: 1 });
    expect(await retention.purge()).toEqual({ ...NOTHING, facts: 1 });
    expect(await left()).toEqual([
      'audit 1',
      'gone 1',
      'audit 2',
      'gone 2',
      'scan 2',
    ]);

    clock.advance('P7Y');
    expect(await retention.purge()).toEqual({
      ...NOTHING,
      facts: 2,
      lateFacts: 2,
    });
    expect(await left()).toEqual(['audit 2', 'gone 2', 'scan 2']);
    expect(await retention.purge()).toEqual(NOTHING);
  });

  it('lets go of what is in force too, once its entity has been gone for as long', async () => {
    const { clock, here, retention, say, left } = await create();
    await knex('entities').delete();
    await knex('entities').insert({ id: 1, ref: REF, uid: 'wallet' });
    await say(1);
    here.factSources.splice(2, 1);
    clock.advance({ days: 100 });
    expect(await retention.purge()).toEqual(NOTHING);

    const gone = (at: number | null) =>
      knex('entities').where({ id: 1 }).update({ deleted_at: at });
    await gone(clock.now().getTime());
    clock.advance({ days: 89 });
    expect(await retention.purge()).toEqual(NOTHING);
    await gone(null);
    clock.advance({ days: 1 });
    expect(await retention.purge()).toEqual(NOTHING);

    await gone(clock.now().getTime());
    clock.advance({ days: 90 });
    expect(await retention.purge()).toEqual({ ...NOTHING, facts: 1 });
    expect(await left()).toEqual(['audit 1', 'gone 1']);
    clock.advance('P7Y');
    expect(await retention.purge()).toEqual({ ...NOTHING, facts: 2 });
    await knex('entities').delete();
  });

  it('keeps what something refers to, among thousands', async () => {
    const asked: number[] = [];
    const evens: FactReferences = {
      referredTo: async versions => {
        asked.push(...versions);
        return new Set(versions.filter(version => version % 2 === 0));
      },
    };
    const thirds: FactReferences = {
      referredTo: async versions =>
        new Set(versions.filter(version => version % 3 === 0)),
    };
    const { clock, retention, say } = await create([evens, thirds]);
    const [{ version: first }] = await say(1);
    const row = await knex(FACTS).where({ version: first }).first();
    const at = clock.now().getTime();
    await knex.batchInsert(
      FACTS,
      Array.from({ length: 2_500 }, (_, n) => ({
        ...row,
        version: 1_000 + n,
        valid_to: at,
      })),
      100,
    );
    clock.advance({ days: 90 });
    const numbers = Array.from({ length: 2_500 }, (_, n) => 1_000 + n);
    const kept = numbers.filter(n => n % 2 === 0 || n % 3 === 0);
    expect((await retention.purge()).facts).toBe(2_500 - kept.length);
    const left = await knex(FACTS)
      .where('version', '>=', 1_000)
      .orderBy('version')
      .pluck('version');
    expect(left.map(Number)).toEqual(kept);
    expect(asked).toEqual(numbers);
  });

  it('lets go of outages that are over, of delivery events after seven years, and of keys', async () => {
    const { clock, retention, keys, lookup } = await create();
    const outages = OutageStore.of(knex);
    const begin = (source: string) =>
      knex.transaction(tx =>
        outages.begin(tx, [{ source, error: 'away' }], clock.now()),
      );
    await begin('scan');
    await begin('audit');
    await knex.transaction(tx =>
      outages.end(tx, [{ source: 'scan' }], clock.now()),
    );
    await begin('scan');
    await DeliveryIntake.create({ knex, entities: lookup, clock }).write(
      [
        {
          type: 'change.merged',
          id: '1',
          entityRef: REF,
          commit: 'abcdef0',
          mergedAt: NOW,
        },
      ],
      { kind: 'service', subject: 'ci', delivery: true },
    );
    await keys.once(
      { writer: 'a', operation: 'b', key: 'c', bodyHash: 'd' },
      async () => async () => ({}),
    );

    clock.advance({ days: 90 });
    expect(await retention.purge()).toEqual({
      ...NOTHING,
      outages: 1,
      idempotencyKeys: 1,
    });
    expect(await knex(OUTAGES)).toHaveLength(2);
    clock.advance('P7Y');
    expect(await retention.purge()).toEqual({ ...NOTHING, deliveryEvents: 1 });
  });

  it('runs every day, and ends when it is told to', async () => {
    const { clock, retention, say, left } = await create();
    await say(1);
    await say(2);
    clock.advance({ days: 90 });
    const scheduler = mockServices.scheduler.mock();
    const logger = mockServices.logger.mock();
    const task = RetentionTask.create({ scheduler, retention, logger });
    await task.start();
    const [{ fn, frequency, scope }] = scheduler.scheduleTask.mock.calls[0];
    expect([frequency, scope]).toEqual([{ days: 1 }, 'global']);
    await expect(fn(AbortSignal.abort())).rejects.toThrow('aborted');
    expect(await left()).toContain('scan 1');
    await fn(new AbortController().signal);
    expect(await left()).not.toContain('scan 1');
    expect(logger.info).toHaveBeenCalledWith(
      'Purged what is older than its retention',
      { ...NOTHING, facts: 2 },
    );
    await task.stop();
  });
});
