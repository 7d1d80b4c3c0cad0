import { Entity } from '@backstage/catalog-model';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { createStore } from '../__testUtils__/createStore';
import { KnownRepositoryIds } from '../repositories/RepositoryIds';
import { SnapshotStore } from './SnapshotStore';

jest.setTimeout(60_000);

const databases = testDatabases();
const REF = 'component:default/a';

describe.each(databases.eachSupportedId())(
  'the identity of an entity on %s',
  id => {
    let store: SnapshotStore;
    let now: number;

    /** One look at the catalog: the entity as `uid` from a repository whose id the forge says, or cannot say. */
    const see = async (
      uid: string,
      repository: string,
      repositoryId?: string,
      description = '',
    ) => {
      const entity: Entity = {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          uid,
          name: 'a',
          description,
          annotations: {
            'backstage.io/managed-by-location': `url:https://forge.example/acme/${repository}/blob/main/catalog-info.yaml`,
          },
        },
      };
      const repositoryIds: KnownRepositoryIds = { of: () => repositoryId };
      now += 1000;
      return store.record({ upserts: [entity], repositoryIds }, new Date(now));
    };
    const vanish = (uid: string) => {
      now += 1000;
      return store.record({ removals: [uid] }, new Date(now));
    };
    /** Repository id and `inherits` of each interval, oldest first. */
    const history = async () => {
      const { items } = await store.changes(0, 100);
      const sequences = new Map<number, unknown>();
      for (const { at } of items) {
        for (const snapshot of await store.getByRefs([REF], new Date(at))) {
          sequences.set(snapshot.sequence, [
            snapshot.source?.repositoryId,
            snapshot.inherits,
          ]);
        }
      }
      return [...sequences.values()];
    };

    beforeEach(async () => {
      store = await createStore(await databases.init(id));
      now = Date.parse('2026-01-01T00:00:00Z');
    });

    it('is kept when its repository is renamed', async () => {
      await see('1', 'shop', '7');
      await vanish('1');
      await see('2', 'store', '7');
      expect(await history()).toEqual([
        ['7', false],
        ['7', true],
      ]);
    });

    it('is kept when the renamed repository replaces it without a gap', async () => {
      await see('1', 'shop', '7');
      await see('2', 'store', '7');
      expect(await history()).toEqual([
        ['7', false],
        ['7', true],
      ]);
    });

    it('is not passed on to a repository made anew under the same name', async () => {
      await see('1', 'shop', '7');
      await vanish('1');
      await see('2', 'shop', '8');
      expect(await history()).toEqual([
        ['7', false],
        ['8', false],
      ]);
    });

    it('ends when the repository was replaced without the catalog noticing', async () => {
      await see('1', 'shop', '7');
      const { changed } = await see('1', 'shop', '8');
      expect([...changed]).toEqual([REF]);
      expect(await history()).toEqual([
        ['7', false],
        ['8', false],
      ]);
    });

    it('goes on through an outage of the forge', async () => {
      await see('1', 'shop', '7');
      await see('1', 'shop', undefined, 'described anew');
      expect(
        (await see('1', 'shop', undefined, 'described anew')).changed,
      ).toEqual(new Set());
      expect(await history()).toEqual([
        ['7', false],
        ['7', true],
      ]);
    });

    it.each([
      ['7', true],
      ['8', false],
    ])(
      'waits for a forge that is away, and is decided by the id %s in the end',
      async (repositoryId, inherits) => {
        await see('1', 'shop', '7');
        await vanish('1');
        await see('2', 'shop');
        await see('2', 'shop', undefined, 'described anew');
        expect(await history()).toEqual([
          ['7', false],
          [undefined, false],
          [undefined, true],
        ]);

        const before = (await store.changes(0, 100)).next;
        await see('2', 'shop', repositoryId, 'described anew');
        expect(await history()).toEqual([
          ['7', false],
          [repositoryId, inherits],
          [repositoryId, true],
        ]);
        // Readers of the feed learn of it, once.
        expect((await store.changes(before, 100)).items).toMatchObject([
          { type: 'updated', ref: REF, uid: '2' },
        ]);
        await see('2', 'shop', repositoryId, 'described anew');
        expect((await store.changes(before, 100)).items).toHaveLength(1);
      },
    );

    it('is decided together with a change that comes with the id', async () => {
      await see('1', 'shop', '7');
      await vanish('1');
      await see('2', 'store');
      await see('2', 'store', '7', 'described anew');
      expect(await history()).toEqual([
        ['7', false],
        ['7', true],
        ['7', true],
      ]);
    });

    it('is not that of a stranger with the same id on another host or the same ref elsewhere', async () => {
      await see('1', 'shop', '7');
      await see('2', 'stranger', '9');
      await see('3', 'shop', '7');
      expect(await history()).toEqual([
        ['7', false],
        ['9', false],
        ['7', false],
      ]);
    });
  },
);
