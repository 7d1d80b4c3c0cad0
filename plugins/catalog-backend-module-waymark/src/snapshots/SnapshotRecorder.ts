import { AuthService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { SNAPSHOTS_CHANGED_TOPIC } from '@waymark/waymark-common';
import { chunks, Clock } from '@waymark/waymark-node';
import {
  KnownRepositoryIds,
  RepositoryIds,
} from '../repositories/RepositoryIds';
import { keyOf, RepositoryName } from '../repositories/RepositoryName';
import { sourceOf } from './describeEntity';
import { Observation } from './recordEntities';
import { SnapshotStore } from './SnapshotStore';

const PAGE = 250;
// Read first, so that the entities of the first load get their owner path and domain at once.
const HUBS = { kind: { $in: ['Group', 'System'] } };

/** What a reconciling pass did. */
export interface Reconciliation {
  /** Entities seen. */
  seen: number;
  /** Entities whose snapshot changed, deleted ones included. */
  changed: number;
  deleted: number;
}

/** Reads the catalog and has the store record what differs. */
export class SnapshotRecorder {
  readonly #options: RecorderOptions;

  static create(options: RecorderOptions): SnapshotRecorder {
    return new SnapshotRecorder(options);
  }

  private constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** Reads some entities anew. One that the catalog does not show is left alone: it may not be stitched yet. */
  async refresh(refs: string[]): Promise<ReadonlySet<string>> {
    const found = await this.#present(refs);
    return this.#record({ upserts: found });
  }

  /**
   * Reads what a repository describes. An entity that the catalog no longer has is gone for good: should it come back, it
   * will have another uid.
   */
  async reconcileRepository(repository: RepositoryName): Promise<void> {
    const living = await this.#options.store.livingFrom(repository);
    const upserts = await this.#present(living.map(({ ref }) => ref));
    await this.#record({ upserts, removals: uidsMissing(living, upserts) });
  }

  /**
   * Reads the whole catalog. Deletions are concluded from a complete pass only, each confirmed by a second look, so that a
   * stream that breaks off or a catalog that moves while being read deletes nothing.
   *
   * @param options.onChanged - told of what changed, to have it read once more: a page may have become old between being
   * read and being recorded, when something newer was recorded meanwhile
   */
  async reconcile(
    options: {
      signal?: AbortSignal;
      onChanged?: (refs: ReadonlySet<string>) => void;
    } = {},
  ): Promise<Reconciliation> {
    const { signal, onChanged } = options;
    const seen = new Set<string>();
    let changed = 0;
    for (const query of [HUBS, { $not: HUBS }]) {
      const pages = this.#options.catalog.streamEntities(
        { query, pageSize: PAGE },
        await this.#asService(),
      );
      for await (const page of pages) {
        signal?.throwIfAborted();
        // A catalog that changes between two pages may show an entity twice.
        const upserts = page.filter(({ metadata: { uid } }) => !seen.has(uid!));
        upserts.forEach(({ metadata: { uid } }) => seen.add(uid!));
        const refs = await this.#record({ upserts });
        onChanged?.(refs);
        changed += refs.size;
      }
    }
    let deleted = 0;
    for await (const living of this.#options.store.living()) {
      signal?.throwIfAborted();
      const unseen = living.filter(({ uid }) => !seen.has(uid));
      const removals = await this.#confirmGone(unseen);
      deleted += removals.length;
      changed += (await this.#record({ removals })).size;
    }
    return { seen: seen.size, changed, deleted };
  }

  async #confirmGone(
    candidates: { uid: string; ref: string }[],
  ): Promise<string[]> {
    const present = await this.#present(candidates.map(({ ref }) => ref));
    return uidsMissing(candidates, present);
  }

  async #present(refs: string[]): Promise<Entity[]> {
    const entities = new Map<string, Entity>();
    for (const entityRefs of chunks(refs, PAGE)) {
      const { items } = await this.#options.catalog.getEntitiesByRefs(
        { entityRefs },
        await this.#asService(),
      );
      for (const entity of items) {
        if (entity) {
          entities.set(stringifyEntityRef(entity), entity);
        }
      }
    }
    return [...entities.values()];
  }

  async #record(observation: Observation): Promise<ReadonlySet<string>> {
    const { upserts = [], removals = [] } = observation;
    if (upserts.length + removals.length === 0) {
      return new Set();
    }
    const { store, clock, events } = this.#options;
    const repositoryIds = await this.#identify(upserts);
    const { changed, sequence } = await store.record(
      { ...observation, repositoryIds },
      clock.now(),
    );
    if (changed.size > 0) {
      await events.publish({
        topic: SNAPSHOTS_CHANGED_TOPIC,
        eventPayload: { sequence },
      });
    }
    return changed;
  }

  // Before the write, which must not wait for a forge.
  async #identify(upserts: Entity[]): Promise<KnownRepositoryIds> {
    const before = await this.#options.store.repositoriesOf(
      upserts.map(({ metadata: { uid } }) => uid!),
    );
    return this.#options.repositoryIds.lookUp(
      upserts.flatMap(entity => {
        const repository = sourceOf(entity);
        if (!repository) {
          return [];
        }
        const known = before.get(entity.metadata.uid!);
        const recent = !known || keyOf(known) !== keyOf(repository);
        return [{ repository, recent }];
      }),
    );
  }

  async #asService() {
    return { credentials: await this.#options.auth.getOwnServiceCredentials() };
  }
}

function uidsMissing(
  candidates: { uid: string }[],
  present: Entity[],
): string[] {
  const uids = new Set(present.map(({ metadata: { uid } }) => uid));
  return candidates.map(({ uid }) => uid).filter(uid => !uids.has(uid));
}

interface RecorderOptions {
  store: SnapshotStore;
  repositoryIds: RepositoryIds;
  catalog: CatalogService;
  auth: AuthService;
  clock: Clock;
  events: EventsService;
}
