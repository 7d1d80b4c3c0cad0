import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { EventsService } from '@backstage/plugin-events-node';
import { SNAPSHOTS_CHANGED_TOPIC } from '@waymark/waymark-common';
import {
  BackgroundLoop,
  Clock,
  EntitySnapshotsOptions,
  EntitySnapshotsService,
} from '@waymark/waymark-node';
import { Knex } from 'knex';
import { transact } from '../database/transact';
import { EntityChange, SeenSnapshots } from './applySnapshots';
import { EntityStore, FeedStep } from './EntityStore';
import { markChanges } from './markChanges';

// A page is read, checked and written in one go: small enough that nothing else waits for it.
const PAGE = 200;
const EVERY_MILLIS = 3_000;
const NOTHING: SeenSnapshots = { snapshots: [], deleted: [] };

/** What a page of the catalog's change feed has changed here. */
export interface FollowedChanges {
  changes: EntityChange[];
  /** Refs that the page was about, also where nothing has changed here. */
  refs: string[];
}

/** What a {@link SnapshotFollower} works with. */
export interface SnapshotFollowerOptions {
  knex: Knex;
  clock: Clock;
  logger: LoggerService;
  auth: AuthService;
  snapshots: EntitySnapshotsService;
  events: EventsService;
  /** Told of each page after it was written; a hint, since a crash may come between. */
  onFollowed?: (followed: FollowedChanges) => void;
}

/**
 * Keeps the entities as the catalog's snapshots have them, and has those evaluated that changed. How far the feed was read
 * is stored with what was read, so that no change is lost or taken twice, whatever dies when. Every replica runs one.
 */
export class SnapshotFollower {
  readonly #options: SnapshotFollowerOptions;
  readonly #loop: BackgroundLoop;

  static create(options: SnapshotFollowerOptions): SnapshotFollower {
    return new SnapshotFollower(options);
  }

  private constructor(options: SnapshotFollowerOptions) {
    this.#options = options;
    this.#loop = BackgroundLoop.create({
      what: 'follow the entity snapshots of the catalog',
      work: signal => this.runOnce(signal),
      everyMillis: EVERY_MILLIS,
      logger: options.logger,
    });
  }

  /** Begins to follow: every few seconds, and at once when the catalog says that something has changed. */
  async start(): Promise<void> {
    await this.#options.events.subscribe({
      id: 'waymark-scorecards-snapshots',
      topics: [SNAPSHOTS_CHANGED_TOPIC],
      onEvent: async () => this.#loop.wake(),
    });
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /**
   * Reads the feed to its end. After its beginning was read, all entities are compared with the catalog: the feed of a catalog
   * that was begun anew does not tell of what it never had. How far that has come is stored too, and any replica goes on.
   */
  async runOnce(signal?: AbortSignal): Promise<void> {
    let isEnd = false;
    while (!isEnd && !signal?.aborted) {
      isEnd = await this.#followPage();
    }
    let isCompared = false;
    while (!isCompared && !signal?.aborted) {
      isCompared = await this.#comparePage();
    }
  }

  /** @returns whether there was nothing to read */
  async #followPage(): Promise<boolean> {
    const { knex, snapshots, logger } = this.#options;
    const from = await EntityStore.of(knex).cursor();
    // With the change that was read last: it must still be there.
    const overlap = from === 0 ? 0 : 1;
    const { items, next } = await snapshots.changes(
      { after: from - overlap, limit: PAGE + overlap },
      await this.#asService(),
    );
    if (overlap === 1 && items[0]?.sequence !== from) {
      logger.warn(
        `The change feed of the catalog has no change ${from} any more: reading it from its beginning`,
      );
      await this.#write({ from, to: 0 }, NOTHING);
      return false;
    }
    const refs = [...new Set(items.slice(overlap).map(({ ref }) => ref))];
    if (refs.length > 0) {
      await this.#see(refs, { from, to: next });
    } else if (from === 0) {
      // Also a catalog without anything is compared.
      await this.#write({ from, to: 0 }, NOTHING);
    }
    return refs.length === 0;
  }

  /** @returns whether all are compared */
  async #comparePage(): Promise<boolean> {
    const store = EntityStore.of(this.#options.knex);
    const comparison = await store.comparison();
    if (!comparison) {
      return true;
    }
    const { cursor, after } = comparison;
    const page = await store.livingAfter(after, { limit: PAGE });
    const step = (to: number | null) => ({
      ...{ from: cursor, to: cursor },
      compared: { from: after, to },
    });
    if (page.length === 0) {
      await this.#write(step(null), NOTHING);
    } else {
      await this.#see(
        page.map(({ ref }) => ref),
        step(page[page.length - 1].id),
      );
    }
    return false;
  }

  /**
   * Takes over what the catalog says of some refs now. The feed says what has changed, not into what; that is asked for
   * afterwards, so it is as new or newer.
   */
  async #see(refs: string[], step: FeedStep): Promise<void> {
    const { snapshots, onFollowed } = this.#options;
    const present = await snapshots.query(
      { entityRefs: refs },
      await this.#asService(),
    );
    const found = new Set(present.map(({ ref }) => ref));
    const changes = await this.#write(step, {
      snapshots: present,
      deleted: refs.filter(ref => !found.has(ref)),
    });
    if (changes && (changes.length > 0 || step.to > step.from)) {
      onFollowed?.({ changes, refs });
    }
  }

  async #asService(): Promise<EntitySnapshotsOptions> {
    const { auth } = this.#options;
    return { credentials: await auth.getOwnServiceCredentials() };
  }

  /** @returns undefined when another replica was faster */
  async #write(
    step: FeedStep,
    seen: SeenSnapshots,
  ): Promise<EntityChange[] | undefined> {
    const { knex, clock } = this.#options;
    const store = EntityStore.of(knex);
    return transact(knex, async tx => {
      if (!(await store.advance(tx, step))) {
        return undefined;
      }
      const now = clock.now();
      const changes = await store.apply(tx, seen, now);
      // Who comes to know a whole catalog does not keep others waiting.
      const isBulk = (await EntityStore.of(tx).comparison()) !== undefined;
      await markChanges(tx, changes, { now, isBulk });
      return changes;
    });
  }
}
