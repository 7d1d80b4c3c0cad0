import { EntitySnapshot } from '@waymark/waymark-common';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { aSnapshot, SnapshotOptions } from '../__testUtils__/aSnapshot';
import { migrated } from '../__testUtils__/migrated';
import { EntityStore } from './EntityStore';
import { ENTITIES, HEAD, INTERVALS, OWNERS } from './tables';

jest.setTimeout(120_000);

const START = Date.parse('2026-03-01T12:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1000);
const REF = 'component:default/api';
const api = (options: SnapshotOptions = {}) => aSnapshot('api', options);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('the entities on %s', id => {
  async function create() {
    const knex = await migrated(databases, id);
    const store = EntityStore.of(knex);
    const see = (seconds: number, ...snapshots: EntitySnapshot[]) =>
      knex.transaction(tx =>
        store.apply(tx, { snapshots, deleted: [] }, at(seconds)),
      );
    const lose = (seconds: number, ...deleted: string[]) =>
      knex.transaction(tx =>
        store.apply(tx, { snapshots: [], deleted }, at(seconds)),
      );
    const idOf = async (ref: string, seconds?: number) =>
      (
        await store.byRefs(
          [ref],
          seconds === undefined ? undefined : at(seconds),
        )
      )[0]?.id;
    return { knex, store, see, lose, idOf };
  }
  const count = async (knex: Knex, table: string) =>
    Number((await knex(table).count({ n: '*' }))[0].n);

  it('are what the catalog says of them, and a row only when that has changed', async () => {
    const { knex, store, see } = await create();
    const snapshot = api({
      sequence: 7,
      system: 'system:default/checkout',
      domain: 'domain:default/payments',
      description: 'Takes orders',
      repositoryId: '17',
    });
    expect(await see(0, snapshot)).toEqual([
      { entityId: 1, change: 'created', scopeChanged: true },
    ]);
    expect(await see(5, snapshot)).toEqual([]);
    expect(await see(6, { ...snapshot, sequence: 8 })).toEqual([]);
    expect(await count(knex, INTERVALS)).toBe(1);

    const { sequence: _, inherits: __, validFrom: ___, ...said } = snapshot;
    expect(await store.byRefs([REF, 'component:default/none'])).toEqual([
      { ...said, id: 1, interval: 1 },
    ]);
    expect(
      await see(
        9,
        api({
          kind: 'api',
          lifecycle: undefined,
          owner: undefined,
          ownerPath: [],
          repository: null,
        }),
      ),
    ).toEqual([{ entityId: 2, change: 'created', scopeChanged: true }]);
    expect(await store.byIds([2, 1, 3])).toEqual([
      expect.objectContaining({ id: 1 }),
      expect.objectContaining({ id: 2, ref: 'api:default/api', ownerPath: [] }),
    ]);
  });

  it('remember what was said at every instant, and tell a change of scope from others', async () => {
    const { store, see, lose } = await create();
    await see(0, api());
    expect(await see(10, api({ description: 'Takes orders' }))).toEqual([
      { entityId: 1, change: 'updated', scopeChanged: false },
    ]);
    expect(
      await see(
        20,
        api({ ownerPath: ['group:default/checkout', 'group:default/retail'] }),
      ),
    ).toEqual([{ entityId: 1, change: 'updated', scopeChanged: true }]);
    expect(await lose(30, REF)).toEqual([
      { entityId: 1, change: 'deleted', scopeChanged: true },
    ]);
    expect(await lose(31, REF)).toEqual([]);

    const told = async (seconds: number) => {
      const entities = await store.byIds([1], at(seconds));
      expect(await store.byRefs([REF], at(seconds))).toEqual(entities);
      return entities.map(({ entity, ownerPath, deletedAt }) => [
        entity.metadata.description,
        ownerPath[1],
        deletedAt,
      ]);
    };
    expect(await told(-0.001)).toEqual([]);
    expect(await told(0)).toEqual([
      [undefined, 'group:default/payments', undefined],
    ]);
    expect(await told(9.999)).toEqual([
      [undefined, 'group:default/payments', undefined],
    ]);
    expect(await told(10)).toEqual([
      ['Takes orders', 'group:default/payments', undefined],
    ]);
    expect(await told(20)).toEqual([
      [undefined, 'group:default/retail', undefined],
    ]);
    expect(await told(30)).toEqual([]);
    expect(await store.byRefs([REF])).toEqual([]);
    expect(await store.byIds([1])).toEqual([
      expect.objectContaining({
        deletedAt: at(30),
        ownerPath: ['group:default/checkout', 'group:default/retail'],
      }),
    ]);
  });

  it('begin no interval before the last one, even when the clock went back', async () => {
    const { store, see } = await create();
    await see(100, api());
    await see(50, api({ description: 'Later' }));
    expect(await store.byRefs([REF], at(99))).toEqual([]);
    expect(
      (await store.byRefs([REF], at(100)))[0].entity.metadata.description,
    ).toBe('Later');
  });

  it('live on under their number when they come back, are renamed or identified late', async () => {
    const { store, see, lose, idOf } = await create();
    await see(0, api({ repositoryId: '17' }));
    await lose(10, REF);
    expect(await see(20, api({ uid: 'other', repositoryId: '17' }))).toEqual([
      { entityId: 1, change: 'created', scopeChanged: true },
    ]);
    expect((await store.byRefs([REF]))[0].uid).toBe('other');
    expect(
      await see(
        30,
        api({ uid: 'other', repository: 'renamed', repositoryId: '17' }),
      ),
    ).toEqual([{ entityId: 1, change: 'updated', scopeChanged: false }]);

    // Comes back while the forge cannot say which repository that is.
    await lose(40, REF);
    expect(await see(50, api({ uid: 'third', repository: 'renamed' }))).toEqual(
      [{ entityId: 2, change: 'created', scopeChanged: true }],
    );
    const identified = api({
      uid: 'third',
      repository: 'renamed',
      repositoryId: '17',
    });
    expect(await see(60, identified)).toEqual([
      { entityId: 2, change: 'deleted', scopeChanged: true },
      { entityId: 1, change: 'created', scopeChanged: true },
    ]);
    expect(await see(61, identified)).toEqual([]);
    expect([await idOf(REF), await idOf(REF, 55), await idOf(REF, 45)]).toEqual(
      [1, 2, undefined],
    );
  });

  it('pass nothing on to one of the same name from another repository', async () => {
    const { see, lose, idOf } = await create();
    await see(0, api({ repositoryId: '17' }));
    expect(
      await see(
        10,
        api({ uid: 'other', repository: 'stranger', repositoryId: '18' }),
      ),
    ).toEqual([
      { entityId: 1, change: 'deleted', scopeChanged: true },
      { entityId: 2, change: 'created', scopeChanged: true },
    ]);
    // Made anew under the old name: another repository all the same.
    await lose(20, REF);
    await see(
      30,
      api({ uid: 'third', repository: 'stranger', repositoryId: '19' }),
    );
    expect(await idOf(REF)).toBe(3);
    // Nobody knows which repository it is.
    await lose(40, REF);
    await see(50, api({ uid: 'fourth', repository: 'stranger' }));
    expect([await idOf(REF), await idOf(REF, 5), await idOf(REF, 15)]).toEqual([
      4, 1, 2,
    ]);
    // What comes from no repository is told by its ref alone.
    const group = (uid: string) =>
      aSnapshot('checkout', { kind: 'group', repository: null, uid });
    await see(60, group('a'));
    await lose(61, 'group:default/checkout');
    await see(62, group('b'));
    expect(await idOf('group:default/checkout')).toBe(5);
  });

  it('are listed by what they are and by any group above them, now and then', async () => {
    const { store, see } = await create();
    await see(
      0,
      api({ ownerPath: ['group:default/checkout', 'group:default/pay_ments'] }),
      aSnapshot('web', {
        ownerPath: ['group:default/payxments'],
        type: 'website',
      }),
      aSnapshot('job', {
        ownerPath: ['group:default/ledger'],
        system: 'system:default/books',
      }),
      aSnapshot('checkout', {
        kind: 'group',
        ownerPath: [],
        lifecycle: undefined,
      }),
    );
    await see(10, aSnapshot('job', { ownerPath: ['group:default/checkout'] }));
    const refs = async (...[filter, page]: Parameters<EntityStore['list']>) =>
      (await store.list(filter, page)).map(
        ({ entity }) => entity.metadata.name,
      );
    const all = { limit: 10 };

    expect(await refs({}, { limit: 2 })).toEqual(['api', 'job']);
    expect(
      await refs({}, { limit: 2, after: 'component:default/job' }),
    ).toEqual(['web', 'checkout']);
    expect(await refs({ kind: 'component', type: 'service' }, all)).toEqual([
      'api',
      'job',
    ]);
    expect(
      await refs({ lifecycle: 'production', type: 'website' }, all),
    ).toEqual(['web']);
    expect(await refs({ owner: 'group:default/checkout' }, all)).toEqual([
      'api',
      'job',
    ]);
    expect(await refs({ owner: 'group:default/ledger' }, all)).toEqual([]);
    expect(
      await refs({ owner: 'group:default/ledger', asOf: at(9) }, all),
    ).toEqual(['job']);
    expect(
      await refs({ owner: 'group:default/pay_ments', asOf: at(9) }, all),
    ).toEqual(['api']);
    expect(
      await refs({ owner: 'default/checkout', asOf: at(10) }, all),
    ).toEqual([]);
    expect(
      await refs({ system: 'system:default/books', asOf: at(9) }, all),
    ).toEqual(['job']);
    expect(await refs({ asOf: at(-1) }, all)).toEqual([]);
  });

  it('come in pages, more of them than one statement takes', async () => {
    const { knex, store, see } = await create();
    const many = Array.from({ length: 1203 }, (_, index) =>
      aSnapshot(`service-${index}`),
    );
    const changes = await see(0, ...many, aSnapshot('team', { kind: 'group' }));
    expect(new Set(changes.map(({ entityId }) => entityId)).size).toBe(1204);
    const pages: number[] = [];
    const seen = new Set<number>();
    for await (const page of store.living({ kind: 'component' })) {
      pages.push(page.length);
      page.forEach(entity => seen.add(entity.id));
    }
    expect(pages).toEqual([500, 500, 203]);
    expect(seen.size).toBe(1203);
    expect(await store.byRefs(many.map(({ ref }) => ref))).toHaveLength(1203);
    expect(await count(knex, OWNERS)).toBe(2 * 1204);
  });

  it('let one replica only take a step of the feed', async () => {
    const { knex, store } = await create();
    const step = () =>
      knex.transaction(tx => store.advance(tx, { from: 0, to: 5 }));
    expect((await Promise.all([step(), step(), step()])).sort()).toEqual([
      false,
      false,
      true,
    ]);
    expect(await store.cursor()).toBe(5);
    await expect(
      knex.transaction(async tx => {
        await store.advance(tx, { from: 5, to: 9 });
        throw new Error('The effect is undone');
      }),
    ).rejects.toThrow('The effect is undone');
    expect(await store.cursor()).toBe(5);
  });

  it('equal what a naive model remembers', async () => {
    const { knex } = await create();
    const step = fc.record({
      name: fc.constantFrom('a', 'b'),
      op: fc.constantFrom('see' as const, 'see' as const, 'lose' as const),
      repositoryId: fc.constantFrom('1', '2'),
      text: fc.constantFrom('x', 'y'),
      owner: fc.constantFrom('group:default/p', 'group:default/q'),
      pause: fc.integer({ min: 0, max: 2 }),
    });
    const undo = new Error('Undo');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { maxLength: 3 }), { maxLength: 8 }),
        async batches => {
          const run = knex.transaction(async tx => {
            const store = EntityStore.of(tx);
            // By name: who is there, and who was there last, with a number of the model's own.
            const present = new Map<
              string,
              { who: number; repositoryId: string; said: string }
            >();
            const last = new Map<
              string,
              { who: number; repositoryId: string }
            >();
            const numbers = new Map<number, number>();
            const past: [number, Map<string, { who: number; said: string }>][] =
              [];
            let people = 0;
            let now = 0;
            for (const batch of batches) {
              now += batch[0]?.pause ?? 0;
              const final = new Map(batch.map(one => [one.name, one]));
              await store.apply(
                tx,
                {
                  snapshots: [...final.values()]
                    .filter(({ op }) => op === 'see')
                    .map(({ name, repositoryId, text, owner }) =>
                      aSnapshot(name, {
                        repositoryId,
                        description: text,
                        ownerPath: [owner],
                      }),
                    ),
                  deleted: [...final.values()]
                    .filter(({ op }) => op === 'lose')
                    .map(({ name }) => `component:default/${name}`),
                },
                at(now),
              );
              for (const {
                name,
                op,
                repositoryId,
                text,
                owner,
              } of final.values()) {
                const before = present.get(name) ?? last.get(name);
                if (op === 'see') {
                  people += 1;
                  const who =
                    before?.repositoryId === repositoryId ? before.who : people;
                  if (present.has(name) && present.get(name)!.who !== who) {
                    last.set(name, present.get(name)!);
                  }
                  present.set(name, {
                    who,
                    repositoryId,
                    said: `${text} ${owner}`,
                  });
                } else if (present.has(name)) {
                  last.set(name, present.get(name)!);
                  present.delete(name);
                }
              }
              past.push([now, new Map(present)]);
            }
            for (const [instant, expected] of past) {
              // Of several steps at one instant the last is what was said then.
              if (
                past.findLast(([other]) => other === instant)![1] !== expected
              ) {
                continue;
              }
              const entities = await store.list(
                { asOf: at(instant) },
                { limit: 9 },
              );
              expect(
                entities.map(({ entity, ownerPath }) => [
                  entity.metadata.name,
                  `${entity.metadata.description} ${ownerPath}`,
                ]),
              ).toEqual(
                [...expected].sort().map(([name, { said }]) => [name, said]),
              );
              for (const { id: number, entity } of entities) {
                const { who } = expected.get(entity.metadata.name)!;
                expect(numbers.get(who) ?? number).toBe(number);
                numbers.set(who, number);
              }
            }
            expect(new Set(numbers.values()).size).toBe(numbers.size);
            for (const owner of ['group:default/p', 'group:default/q']) {
              expect(
                (await store.list({ owner }, { limit: 9 })).map(
                  entity => entity.entity.metadata.name,
                ),
              ).toEqual(
                [...present]
                  .sort()
                  .filter(([, { said }]) => said.endsWith(owner))
                  .map(([name]) => name),
              );
            }
            throw undo;
          });
          await expect(run).rejects.toBe(undo);
        },
      ),
      { numRuns: 40 },
    );
    expect(await count(knex, ENTITIES)).toBe(0);
    expect(await count(knex, HEAD)).toBe(1);
  });
});
