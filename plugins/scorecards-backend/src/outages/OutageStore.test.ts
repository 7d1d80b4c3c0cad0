import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import fc from 'fast-check';
import { FactStore } from '../facts/FactStore';
import { DIRTY } from '../results/dirty';
import { OutageScope, OutageStore } from './OutageStore';

jest.setTimeout(120_000);

const MIGRATIONS = {
  directory: resolvePackagePath('@waymark/scorecards-backend', 'migrations'),
};
const START = Date.parse('2026-03-01T12:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('outages on %s', id => {
  async function create() {
    const knex = await databases.init(id);
    await knex.migrate.latest(MIGRATIONS);
    const store = OutageStore.of(knex);
    const begin = (
      outages: (OutageScope & { error: string })[],
      seconds: number,
    ) => knex.transaction(tx => store.begin(tx, outages, at(seconds)));
    const end = (scopes: OutageScope[], seconds: number) =>
      knex.transaction(tx => store.end(tx, scopes, at(seconds)));
    const dirty = async (): Promise<[number, string, string][]> => {
      const rows = await knex(DIRTY).orderBy('entity_id');
      await knex(DIRTY).delete();
      return rows.map(row => [row.entity_id, row.cause, row.detail]);
    };
    return { knex, store, begin, end, dirty };
  }

  it('are intervals that stay visible afterwards', async () => {
    const { store, begin, end, dirty } = await create();
    const outage = { source: 'github', entityId: 1, error: 'HTTP 401' };
    expect(await begin([outage], 10)).toBe(1);
    expect(await dirty()).toEqual([[1, 'collector', 'github']]);
    expect(await store.read([1])).toEqual([{ ...outage, validFrom: at(10) }]);
    expect(await store.read([2])).toEqual([]);

    expect(await end([outage, { source: 'github', entityId: 2 }], 20)).toBe(1);
    expect(await dirty()).toEqual([[1, 'collector', 'github']]);
    expect(await store.read([1])).toEqual([]);
    const past = [{ ...outage, validFrom: at(10), validTo: at(20) }];
    expect(await store.read([1], at(10))).toEqual(past);
    expect(await store.ofSources(['github'], at(19.999))).toEqual(past);
    expect(await store.read([1], at(9.999))).toEqual([]);
    expect(await store.read([1], at(20))).toEqual([]);
  });

  it('go on without a row while nothing is new, and say another error from its instant on', async () => {
    const { knex, store, begin, dirty } = await create();
    const outage = { source: 'github', entityId: 1, error: 'HTTP 401' };
    await begin([outage], 10);
    await dirty();
    expect(await begin([outage, { ...outage, error: 'HTTP 401' }], 20)).toBe(0);
    expect(await begin([{ ...outage, error: 'HTTP 500\0' }], 30)).toBe(1);
    expect(await dirty()).toEqual([]);
    expect(await knex('outages')).toHaveLength(2);
    const errorAt = async (seconds: number) =>
      (await store.read([1], at(seconds))).map(({ error }) => error);
    expect(await errorAt(29)).toEqual(['HTTP 401']);
    expect(await errorAt(30)).toEqual(['HTTP 500']);
  });

  it('of all of a source concern everybody who has a fact of it, and everybody reads them', async () => {
    const { knex, store, begin, end, dirty } = await create();
    await knex.transaction(tx =>
      FactStore.of(knex).write(
        tx,
        [3, 4].map(entityId => ({
          entityId,
          source: entityId === 3 ? 'github' : 'git',
          payload: {},
          observedAt: at(0),
          provenance: { collector: 'git' },
        })),
        at(0),
      ),
    );
    await begin(
      [
        { source: 'github', error: 'cannot reach the host' },
        { source: 'github', entityId: 5, error: 'HTTP 404' },
      ],
      10,
    );
    const both = [
      [3, 'collector', 'github'],
      [5, 'collector', 'github'],
    ];
    expect(await dirty()).toEqual(both);
    expect(await store.read([4])).toHaveLength(1);
    expect(await store.read([4, 5])).toHaveLength(2);
    await end([{ source: 'github' }], 20);
    expect(await dirty()).toEqual([both[0]]);
    expect(await store.read([3, 4])).toEqual([]);
    expect(await store.read([5])).toHaveLength(1);
  });

  it('are looked up one by one while everybody waits, however many last', async () => {
    const { knex, begin, end } = await create();
    const many = Array.from({ length: 3_000 }, (_, index) => ({
      source: index % 2 ? 'github' : 'git',
      entityId: index + 1,
      error: 'HTTP 503',
    }));
    await begin([...many, { source: 'git', error: 'HTTP 401' }], 10);
    let loaded = 0;
    knex.on('query-response', response => {
      const rows = response.rows ?? response;
      loaded += Array.isArray(rows) ? rows.length : 0;
    });
    expect(await end([many[7], { source: 'git' }], 20)).toBe(2);
    expect(
      await begin([many[7], many[8], { ...many[9], source: 'git' }], 30),
    ).toBe(2);
    expect(loaded).toBeLessThan(30);
    expect(loaded).toBeGreaterThan(3);
    expect(await knex('outages').whereNull('valid_to')).toHaveLength(3_001);
  });

  it('begin once when several replicas notice them', async () => {
    const { knex, begin } = await create();
    await Promise.all(
      Array.from({ length: 8 }, () =>
        begin(
          [
            { source: 'github', entityId: 1, error: 'HTTP 401' },
            { source: 'git', error: 'x' },
          ],
          10,
        ),
      ),
    );
    expect(await knex('outages')).toHaveLength(2);
  });

  it('equal what a naive model remembers', async () => {
    const { knex } = await create();
    const undo = new Error('Undo');
    const step = fc.record({
      act: fc.constantFrom('begin', 'end'),
      source: fc.constantFrom('git', 'github'),
      entityId: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }),
      error: fc.constantFrom('a', 'b'),
      pause: fc.integer({ min: 1, max: 9 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async steps => {
        await expect(
          knex.transaction(async tx => {
            const store = OutageStore.of(tx);
            const living = new Map<string, string>();
            const past: [number, string[]][] = [];
            let now = 0;
            for (const { act, source, entityId, error, pause } of steps) {
              now += pause;
              const key = `${source}/${entityId ?? ''}`;
              if (act === 'begin') {
                await store.begin(tx, [{ source, entityId, error }], at(now));
                living.set(key, error);
              } else {
                await store.end(tx, [{ source, entityId }], at(now));
                living.delete(key);
              }
              past.push([now, [...living].map(String).sort()]);
            }
            for (const [instant, expected] of past) {
              const read = await store.read([1, 2], at(instant));
              expect(
                read
                  .map(({ source, entityId, error }) =>
                    String([`${source}/${entityId ?? ''}`, error]),
                  )
                  .sort(),
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
