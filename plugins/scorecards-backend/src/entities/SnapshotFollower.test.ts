import { mockServices } from '@backstage/backend-test-utils';
import { DefaultEventsService } from '@backstage/plugin-events-node';
import { SNAPSHOTS_CHANGED_TOPIC } from '@waymark/waymark-common';
import { EntitySnapshotsService } from '@waymark/waymark-node';
import {
  eventually,
  ManualClock,
  testDatabases,
} from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { migrated } from '../__testUtils__/migrated';
import { TestFeed } from '../__testUtils__/TestFeed';
import { DIRTY } from '../results/dirty';
import { EntityStore } from './EntityStore';
import { FollowedChanges, SnapshotFollower } from './SnapshotFollower';
import { HEAD, INTERVALS } from './tables';

jest.setTimeout(60_000);

const databases = testDatabases();
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => aSnapshot(`service-${index}`));

describe.each(databases.eachSupportedId())('following on %s', id => {
  async function create() {
    const knex = await migrated(databases, id);
    const feed = new TestFeed();
    const logger = mockServices.logger.mock();
    const events = DefaultEventsService.create({ logger });
    const followed: FollowedChanges[] = [];
    const follower = (snapshots: Partial<EntitySnapshotsService> = {}) =>
      SnapshotFollower.create({
        knex,
        clock: ManualClock.at('2026-03-01T12:00:00Z'),
        logger,
        auth: mockServices.auth(),
        snapshots: {
          changes: request => feed.changes(request),
          query: request => feed.query(request),
          ...snapshots,
        } as EntitySnapshotsService,
        events,
        onFollowed: page => followed.push(page),
      });
    const store = EntityStore.of(knex);
    /** Causes of the marks made since the last time, by ref. */
    const marks = async () => {
      const rows: { entity_id: number; cause: string; generation: unknown }[] =
        await knex(DIRTY).orderBy('entity_id');
      await knex(DIRTY).delete();
      const entities = await store.byIds(rows.map(row => row.entity_id));
      const refs = new Map(entities.map(entity => [entity.id, entity.ref]));
      return rows.map(row => [refs.get(row.entity_id), row.cause]);
    };
    return { knex, feed, events, logger, followed, follower, store, marks };
  }

  it('has everything evaluated that is new, described or placed otherwise, or gone', async () => {
    const { feed, follower, followed, store, marks } = await create();
    feed.see(aSnapshot('api'), aSnapshot('web'), aSnapshot('job'));
    feed.lose('component:default/job');
    await follower().runOnce();
    expect(await marks()).toEqual([
      ['component:default/api', 'new'],
      ['component:default/web', 'new'],
    ]);
    expect(await store.cursor()).toBe(4);
    expect(followed).toEqual([
      {
        changes: [1, 2].map(entityId => ({
          entityId,
          change: 'created',
          scopeChanged: true,
        })),
        refs: ['api', 'web', 'job'].map(name => `component:default/${name}`),
      },
    ]);

    feed.see(aSnapshot('api', { description: 'Takes orders' }));
    feed.see(aSnapshot('web', { ownerPath: ['group:default/ledger'] }));
    await follower().runOnce();
    expect(await marks()).toEqual([
      ['component:default/api', 'entity'],
      ['component:default/web', 'scope'],
    ]);

    feed.lose('component:default/api');
    feed.see(aSnapshot('web', { ownerPath: ['group:default/ledger'] }));
    await follower().runOnce();
    expect(await marks()).toEqual([['component:default/api', 'entity']]);
    expect(await store.byRefs(['component:default/api'])).toEqual([]);
    await follower().runOnce();
    expect(await marks()).toEqual([]);
  });

  it('lets others go first while it reads the whole catalog, and only then', async () => {
    const { knex, feed, follower } = await create();
    feed.see(...many(201));
    await follower().runOnce();
    expect(await knex(DIRTY).where({ priority: 1 })).toHaveLength(201);
    feed.see(aSnapshot('api'));
    await follower().runOnce();
    expect(await knex(DIRTY).where({ priority: 0 }).pluck('entity_id')).toEqual(
      [202],
    );
  });

  it('goes on where it was when it broke off', async () => {
    const { feed, follower, store } = await create();
    feed.see(...many(450));
    let asked = 0;
    const breaking = follower({
      query: async request => {
        asked += 1;
        if (asked === 2) {
          throw new Error('The catalog is gone');
        }
        return feed.query(request);
      },
    });
    await expect(breaking.runOnce()).rejects.toThrow('The catalog is gone');
    expect(await store.cursor()).toBe(200);
    await breaking.runOnce();
    expect(await store.cursor()).toBe(450);
  });

  it('takes each change once, however many replicas follow', async () => {
    const { knex, feed, follower, followed } = await create();
    feed.see(...many(450));
    await Promise.all([1, 2, 3].map(() => follower().runOnce()));
    const [{ n }] = await knex(INTERVALS).count({ n: '*' });
    expect(Number(n)).toBe(450);
    expect(await knex(DIRTY).where('generation', '>', 1)).toEqual([]);
    expect(followed.flatMap(({ changes }) => changes)).toHaveLength(450);
  });

  it('reads everything anew when the catalog was begun anew, or when told to', async () => {
    const { knex, feed, follower, store, marks, logger } = await create();
    feed.see(aSnapshot('api'), aSnapshot('web'), aSnapshot('job'));
    await follower().runOnce();
    const before = await store.byRefs(['component:default/api']);
    await marks();

    const another = new TestFeed();
    another.see(aSnapshot('api'), aSnapshot('web', { description: 'Shop' }));
    const following = follower({
      changes: request => another.changes(request),
      query: request => another.query(request),
    });
    await following.runOnce();
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(await store.cursor()).toBe(2);
    expect(await store.byRefs(['component:default/api'])).toEqual(before);
    expect(await marks()).toEqual([
      ['component:default/web', 'entity'],
      ['component:default/job', 'entity'],
    ]);
    expect(await store.byRefs(['component:default/job'])).toEqual([]);

    await knex(INTERVALS).where({ entity_id: 1 }).update({ lifecycle: 'lost' });
    await following.runOnce();
    expect(await marks()).toEqual([]);
    await knex(HEAD).update({ cursor: 0 });
    await following.runOnce();
    expect(await store.byRefs(['component:default/api'])).toEqual([
      { ...before[0], interval: expect.any(Number) },
    ]);
    expect(await marks()).toEqual([['component:default/api', 'entity']]);
    expect(logger.warn).toHaveBeenCalledTimes(1);

    const empty = new TestFeed();
    await follower({
      changes: request => empty.changes(request),
      query: request => empty.query(request),
    }).runOnce();
    expect(await store.list({}, { limit: 9 })).toEqual([]);
  });

  it('compares with a catalog that was begun anew, whatever fails and whoever goes on', async () => {
    const { feed, follower, store } = await create();
    feed.see(...many(450));
    await follower().runOnce();

    const another = new TestFeed();
    const kept = [aSnapshot('service-0'), aSnapshot('service-449')];
    another.see(...kept);
    let asked = 0;
    const following = (failsAt: number) =>
      follower({
        changes: request => another.changes(request),
        query: async request => {
          asked += 1;
          if (asked === failsAt) {
            throw new Error('The catalog is gone');
          }
          return another.query(request);
        },
      });
    // First it is asked about the page of the feed, then about 200 entities at a time.
    for (const failsAt of [1, 3, 5]) {
      await expect(following(failsAt).runOnce()).rejects.toThrow(
        'The catalog is gone',
      );
    }
    expect(await store.list({}, { limit: 500 })).toHaveLength(251);
    await following(Infinity).runOnce();
    expect(asked).toBe(7);
    expect(await store.list({}, { limit: 500 })).toMatchObject(
      kept.map(({ ref }) => ({ ref })),
    );
    await following(Infinity).runOnce();
    expect(asked).toBe(7);
  });

  it('follows at its start, and when the catalog says that something has changed', async () => {
    const { feed, events, follower, store, logger } = await create();
    feed.see(aSnapshot('api'));
    const running = follower();
    await running.start();
    const until = (cursor: number) =>
      eventually(async () => (await store.cursor()) === cursor || undefined);
    await until(1);
    const began = performance.now();
    feed.see(aSnapshot('web'));
    await events.publish({
      topic: SNAPSHOTS_CHANGED_TOPIC,
      eventPayload: { sequence: 2 },
    });
    await until(2);
    expect(performance.now() - began).toBeLessThan(2_000);
    await running.stop();
    expect(logger.error).not.toHaveBeenCalled();
  });
});
