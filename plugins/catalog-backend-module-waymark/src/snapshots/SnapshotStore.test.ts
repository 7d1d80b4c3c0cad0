import { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { Knex } from 'knex';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { CatalogChange, CatalogModel } from '../__testUtils__/CatalogModel';
import { createStore } from '../__testUtils__/createStore';
import { SnapshotStore } from './SnapshotStore';
import { CHANGES, HEAD, OWNERS, SNAPSHOTS, SnapshotRow } from './tables';

jest.setTimeout(60_000);

const databases = testDatabases();
const T0 = Date.parse('2026-01-01T00:00:00Z');
const at = (millis: number) => new Date(T0 + millis);

const small = fc.nat({ max: 2 });
const change: fc.Arbitrary<CatalogChange> = fc.oneof(
  fc.record(
    { op: fc.constant('group' as const), name: small, parent: small },
    { requiredKeys: ['op', 'name'] },
  ),
  fc.record(
    { op: fc.constant('system' as const), name: small, domain: small },
    { requiredKeys: ['op', 'name'] },
  ),
  fc.record(
    {
      op: fc.constant('component' as const),
      name: small,
      owner: small,
      system: small,
      repository: small,
      text: small,
    },
    { requiredKeys: ['op', 'name', 'owner', 'repository', 'text'] },
  ),
  fc.record({
    op: fc.constant('delete' as const),
    kind: fc.constantFrom('group' as const, 'system', 'component'),
    name: small,
  }),
  fc.record({ op: fc.constant('rename' as const), from: small, to: small }),
  fc.record({
    op: fc.constant('replace' as const),
    name: small,
    repository: small,
  }),
);

async function seen(store: SnapshotStore, asOf?: Date) {
  const snapshots = await store.list({ asOf }, { limit: 500 });
  return Object.fromEntries(
    snapshots.map(({ ref, uid, ownerPath, domain, entity }) => [
      ref,
      { uid, text: entity.metadata.description, ownerPath, domain },
    ]),
  );
}

async function clear(knex: Knex) {
  for (const table of [OWNERS, SNAPSHOTS, CHANGES]) {
    await knex(table).delete();
  }
  await knex(HEAD).update({ sequence: 0, recorded_at: 0 });
}

/** What is wrong with the intervals of one ref, whatever they hold. */
function intervalFaults(rows: SnapshotRow[]): string[] {
  return rows.flatMap((row, index) => {
    const [from, to] = [Number(row.valid_from), row.valid_to];
    const next = rows[index + 1];
    const faults: string[] = [];
    if (to !== null && Number(to) < from) {
      faults.push(`${row.sequence} ends before it begins`);
    }
    if (next && (to === null || Number(to) > Number(next.valid_from))) {
      faults.push(`${row.sequence} overlaps ${next.sequence}`);
    }
    if (next?.uid === row.uid && Number(to) !== Number(next.valid_from)) {
      faults.push(`gap after ${row.sequence}`);
    }
    return faults;
  });
}

const component = (name: string, more: Partial<Entity> = {}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    uid: `uid-${name}`,
    etag: 'x',
    name,
    namespace: 'default',
    annotations: {
      'backstage.io/managed-by-location':
        'url:https://forge.example/acme/shop/blob/main/services/catalog-info.yaml',
    },
  },
  spec: { type: 'service', lifecycle: 'production' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/checkout' },
    { type: 'dependencyOf', targetRef: 'component:default/other' },
  ],
  ...more,
});

describe.each(databases.eachSupportedId())('entity snapshots on %s', id => {
  let knex: Knex;
  let store: SnapshotStore;

  beforeAll(async () => {
    knex = await databases.init(id);
    store = await createStore(knex);
  });

  beforeEach(async () => {
    await clear(knex);
  });

  it('tells, for any history, what was current at any instant', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(change, fc.integer({ min: -1, max: 3 })), {
          minLength: 1,
          maxLength: 25,
        }),
        async history => {
          await clear(knex);
          const model = new CatalogModel();
          const timeline = new Map<number, object>();
          let now = 0;
          let last = 0;
          for (const [step, pause] of history) {
            now += pause;
            const { changed } = await store.record(model.apply(step), at(now));
            // A clock that went back stamps the last instant again; an observation without news stamps none.
            last = changed.size > 0 ? Math.max(last, now) : last;
            timeline.set(last, model.expected());
          }

          for (const [instant, expected] of timeline) {
            expect(await seen(store, at(instant))).toEqual(expected);
          }
          expect(await seen(store)).toEqual(model.expected());

          const rows: SnapshotRow[] = await knex(SNAPSHOTS).orderBy('sequence');
          const refs = new Set(rows.map(({ ref }) => ref));
          expect(
            [...refs].flatMap(ref =>
              intervalFaults(rows.filter(row => row.ref === ref)),
            ),
          ).toEqual([]);

          const { items } = await store.changes(0, 1000);
          expect(items.map(({ sequence }) => sequence)).toEqual(
            items.map((_, index) => index + 1),
          );
          const again = await store.record(
            { upserts: model.all() },
            at(now + 1000),
          );
          expect(again.changed.size).toBe(0);
          expect(again.sequence).toBe(items.length);
        },
      ),
      { numRuns: id === 'SQLITE_3' ? 100 : 30 },
    );
  });

  it('keeps what rules and roll-ups read, and nothing that changes by others', async () => {
    await store.record({ upserts: [component('a')] }, at(0));
    const [snapshot] = await store.getByRefs(['component:default/a']);

    expect(snapshot).toEqual({
      sequence: 1,
      ref: 'component:default/a',
      uid: 'uid-a',
      kind: 'component',
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/checkout',
      ownerPath: ['group:default/checkout'],
      source: {
        host: 'forge.example',
        owner: 'acme',
        repository: 'shop',
        branchAndPath: 'main/services/catalog-info.yaml',
      },
      inherits: false,
      validFrom: '2026-01-01T00:00:00.000Z',
      entity: expect.objectContaining({
        relations: [{ type: 'ownedBy', targetRef: 'group:default/checkout' }],
        metadata: expect.not.objectContaining({ etag: 'x' }),
      }),
    });
  });

  it('replaces long texts by their digest, which still changes with them', async () => {
    const api = (definition: string) =>
      component('a', { spec: { definition } });
    await store.record({ upserts: [api('x'.repeat(5000))] }, at(0));
    const first = await store.getByRefs(['component:default/a']);
    await store.record({ upserts: [api('y'.repeat(5000))] }, at(1));
    const second = await store.getByRefs(['component:default/a']);

    expect(first[0].entity.spec?.definition).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(second[0].entity.spec).not.toEqual(first[0].entity.spec);
  });

  it('lists by any group of the owner path, in pages', async () => {
    const group = (name: string, parent?: string): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: { uid: name, name },
      relations: parent
        ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
        : [],
    });
    const upserts = ['a', 'b', 'c'].map(name => component(name));
    await store.record({ upserts }, at(0));
    await store.record(
      { upserts: [group('checkout', 'payments'), group('payments')] },
      at(1),
    );
    const owner = 'group:default/payments';

    expect(await store.list({ owner, asOf: at(0) }, { limit: 9 })).toEqual([]);
    const page = await store.list({ owner }, { limit: 2 });
    expect(page.map(({ ref }) => ref)).toEqual([
      'component:default/a',
      'component:default/b',
    ]);
    const rest = await store.list({ owner }, { limit: 2, after: page[1].ref });
    expect(rest.map(({ ref }) => ref)).toEqual(['component:default/c']);
  });

  it('keeps the feed gap-free when writers of several replicas meet', async () => {
    const other = await createStore(knex);
    const writers = [store, other];
    const names = Array.from({ length: 20 }, (_, index) => `c${index}`);
    await Promise.all(
      names.map((name, index) =>
        writers[index % 2].record({ upserts: [component(name)] }, at(index)),
      ),
    );

    const { items, next } = await store.changes(0, 100);
    expect(items.map(({ sequence }) => sequence)).toEqual(
      names.map((_, index) => index + 1),
    );
    expect(next).toBe(20);
    const times = items.map(({ at: time }) => time);
    expect(times).toEqual([...times].sort());
  });
});
