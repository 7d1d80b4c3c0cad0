import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { FactStore } from './FactStore';
import { freshness } from './freshness';
import { FACTS, HEAD, LATE, Observation, SOURCES } from './tables';

jest.setTimeout(120_000);

const MIGRATIONS = {
  directory: resolvePackagePath('@waymark/scorecards-backend', 'migrations'),
};
const START = Date.parse('2026-03-01T12:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1000);
const FRESH_UNTIL = new Map([['git', freshness('PT25S')]]);

const observation = (
  payload: JsonObject,
  seconds: number,
  more: Partial<Observation> = {},
): Observation => ({
  entityId: 1,
  source: 'git',
  payload,
  observedAt: at(seconds),
  provenance: { collector: 'git' },
  ...more,
});

const databases = testDatabases();

describe.each(databases.eachSupportedId())('facts on %s', id => {
  async function create() {
    const knex = await databases.init(id);
    await knex.migrate.latest(MIGRATIONS);
    const store = FactStore.of(knex);
    const write = (some: Observation[], seconds: number) =>
      knex.transaction(tx => store.write(tx, some, at(seconds), FRESH_UNTIL));
    return { knex, store, write };
  }
  const count = async (knex: Knex, table: string) =>
    Number((await knex(table).count({ n: '*' }))[0].n);

  it('have migrations that go up and down and leave nothing behind', async () => {
    const knex = await databases.init(id);
    const present = () =>
      Promise.all(
        [FACTS, LATE, SOURCES, HEAD].map(table => knex.schema.hasTable(table)),
      );
    await knex.migrate.latest(MIGRATIONS);
    expect(new Set(await present())).toEqual(new Set([true]));
    await knex.migrate.rollback(MIGRATIONS, true);
    expect(new Set(await present())).toEqual(new Set([false]));
    await knex.migrate.latest(MIGRATIONS);
  });

  it('grow with changes, not with runs', async () => {
    const { knex, store, write } = await create();
    const url = 'https://forge.example/acme/api/blob/main/README.md';
    expect(await write([observation({ readme: true }, 0)], 1)).toEqual([
      {
        entityId: 1,
        source: 'git',
        outcome: 'changed',
        version: 1,
        wasStale: false,
      },
    ]);
    expect(
      await write(
        [
          observation({ readme: true }, 20, {
            provenance: { collector: 'git', url, commit: 'abc' },
          }),
        ],
        21,
      ),
    ).toEqual([
      {
        entityId: 1,
        source: 'git',
        outcome: 'confirmed',
        version: 1,
        wasStale: false,
      },
    ]);
    expect(await count(knex, FACTS)).toBe(1);
    const fact = {
      version: 1,
      entityId: 1,
      source: 'git',
      payload: { readme: true },
      observedAt: at(20),
      provenance: { collector: 'git', url, commit: 'abc' },
      validFrom: at(1),
    };
    expect(await store.read([1])).toEqual([fact]);
    // It held then too, but nobody had seen yet what was seen later.
    expect(await store.read([1], at(10))).toEqual([
      { ...fact, observedAt: at(10), provenance: { collector: 'git' } },
    ]);
  });

  it('tell for ever that nobody believed what was confirmed too late', async () => {
    const { knex, store, write } = await create();
    await write([observation({ readme: true }, 0)], 0);
    expect(await write([observation({ readme: true }, 30)], 30)).toEqual([
      expect.objectContaining({
        outcome: 'confirmed',
        version: 2,
        wasStale: true,
      }),
    ]);
    await write([observation({ readme: true }, 40)], 40);
    expect(await count(knex, FACTS)).toBe(2);
    const seenAt = async (seconds: number) =>
      (await store.read([1], at(seconds)))[0].observedAt;
    expect(await seenAt(29)).toEqual(at(0));
    expect(await seenAt(35)).toEqual(at(35));
    expect(await seenAt(50)).toEqual(at(40));
  });

  it('remember what was said at every instant', async () => {
    const { store, write } = await create();
    await write([observation({ owners: 1 }, 0)], 0);
    await write([observation({ owners: 2 }, 10)], 10);
    const readAt = async (seconds: number) =>
      (await store.read([1], at(seconds))).map(({ payload }) => payload.owners);

    expect(await readAt(-1)).toEqual([]);
    expect(await readAt(0)).toEqual([1]);
    expect(await readAt(9.999)).toEqual([1]);
    expect(await readAt(10)).toEqual([2]);
    expect((await store.read([1]))[0]).toMatchObject({
      version: 2,
      validFrom: at(10),
    });
  });

  it('keep what comes late without believing it', async () => {
    const { knex, store, write } = await create();
    await write([observation({ owners: 2 }, 100)], 100);
    expect(await write([observation({ owners: 1 }, 50)], 110)).toEqual([
      expect.objectContaining({ outcome: 'late', version: 1 }),
    ]);
    expect((await store.read([1]))[0].payload).toEqual({ owners: 2 });
    expect(await count(knex, LATE)).toBe(1);
    await write(
      [observation({ owners: 1 }, 50), observation({}, 50, { entityId: 2 })],
      120,
    );
    await write([observation({ owners: 1 }, 50)], 130);
    expect(await count(knex, LATE)).toBe(1);
    await write([observation({ owners: 1 }, 51)], 140);
    await write([observation({ owners: 3 }, 50)], 140);
    expect(await count(knex, LATE)).toBe(3);
  });

  it('follow a collector whose clock goes back', async () => {
    const { knex, store, write } = await create();
    const now = (payload: JsonObject, seconds: number, collector = 'git') =>
      write(
        [
          observation(payload, seconds, {
            isLatest: true,
            provenance: { collector },
          }),
        ],
        seconds,
      );
    await now({ owners: 1 }, 100);
    expect(await now({ owners: 0 }, 80)).toEqual([
      expect.objectContaining({ outcome: 'changed', version: 2 }),
    ]);
    expect(await now({ owners: 0 }, 81)).toEqual([
      expect.objectContaining({ outcome: 'confirmed', version: 2 }),
    ]);
    expect(await store.read([1])).toEqual([
      expect.objectContaining({
        payload: { owners: 0 },
        observedAt: at(100),
        validFrom: at(100),
      }),
    ]);
    expect(await count(knex, LATE)).toBe(0);
    // What another one has said may well be younger.
    expect(await now({ owners: 5 }, 82, 'other')).toEqual([
      expect.objectContaining({ outcome: 'late' }),
    ]);
  });

  it('take nothing at all of a batch with one bad item', async () => {
    const { knex, write } = await create();
    await expect(
      write(
        [observation({}, 0), observation({}, 301, { source: 'github' })],
        0,
      ),
    ).rejects.toThrow(
      'facts[1].observedAt: 2026-03-01T12:05:01.000Z is in the future',
    );
    await expect(
      write([observation({}, 0), observation({ other: 1 }, 0)], 0),
    ).rejects.toThrow('facts[1]: facts[0] is of the same entity and source');
    expect(await count(knex, FACTS)).toBe(0);
  });

  it('give no number twice when many write at once', async () => {
    const { knex, store, write } = await create();
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        write(
          [
            observation({ index }, index),
            observation({ index }, index, { entityId: index + 10 }),
            observation({ index }, index, { source: `source${index % 3}` }),
          ],
          100,
        ),
      ),
    );
    const versions = (await knex(FACTS).orderBy('version')).map(row =>
      Number(row.version),
    );
    expect(versions).toEqual(versions.map((_, index) => index + 1));
    expect(
      await store.read(Array.from({ length: 30 }, (_, n) => n)),
    ).toHaveLength(1 + 12 + 3);
  });

  it('equal what a naive model remembers', async () => {
    const { knex, store } = await create();
    const step = fc.record({
      entityId: fc.integer({ min: 1, max: 3 }),
      source: fc.constantFrom('git', 'github'),
      value: fc.integer({ min: 0, max: 2 }),
      age: fc.integer({ min: -30, max: 60 }),
      pause: fc.integer({ min: 0, max: 20 }),
    });
    const undo = new Error('Undo');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async steps => {
        await expect(
          knex.transaction(async tx => {
            const model = new Map<string, { value: number; seen: number }>();
            const past: [number, Map<string, object>][] = [];
            const isFresh = (source: string, seen: Date, now: number) =>
              seen.getTime() <= at(now).getTime() &&
              (FRESH_UNTIL.get(source)?.(seen.getTime()) ?? Infinity) >
                at(now).getTime();
            const said = (of: typeof model, now: number) =>
              new Map(
                [...of].map(([key, { value, seen }]) => [
                  key,
                  {
                    value,
                    isFresh: isFresh(
                      key.split('/')[1],
                      at(Math.min(seen, now)),
                      now,
                    ),
                  },
                ]),
              );
            let now = 0;
            for (const { entityId, source, value, age, pause } of steps) {
              now += pause;
              const seen = now - age;
              const key = `${entityId}/${source}`;
              const known = model.get(key);
              await store.write(
                tx,
                [observation({ value }, seen, { entityId, source })],
                at(now),
                FRESH_UNTIL,
              );
              if (!known || known.seen <= seen) {
                model.set(key, { value, seen });
              }
              past.push([now, said(model, now)]);
            }
            for (const [instant, expected] of past) {
              // Of several writes at one instant the last is what was said then.
              if (
                past.findLast(([other]) => other === instant)![1] !== expected
              ) {
                continue;
              }
              const facts = await FactStore.of(tx).read([1, 2, 3], at(instant));
              expect(
                new Map(
                  facts.map(({ entityId, source, payload, observedAt }) => [
                    `${entityId}/${source}`,
                    {
                      value: payload.value,
                      isFresh: isFresh(source, observedAt, instant),
                    },
                  ]),
                ),
              ).toEqual(expected);
            }
            throw undo;
          }),
        ).rejects.toBe(undo);
      }),
      { numRuns: 40 },
    );
  });
});
