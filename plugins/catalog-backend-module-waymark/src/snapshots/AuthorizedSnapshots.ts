import {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import { EntitySnapshot } from '@waymark/waymark-common';
import { SnapshotFilter, SnapshotStore } from './SnapshotStore';

const BATCH = 500;
// A reader who may see little must not make one request walk through the whole catalog.
const MOST_LOOKED_AT = 5_000;

/**
 * Snapshots as far as the reader may read the entities in the catalog: the very decision of the catalog's read permission,
 * its conditions applied to the entity as it was at the asked instant.
 */
export class AuthorizedSnapshots {
  readonly #options: AuthorizedSnapshotsOptions;

  static create(options: AuthorizedSnapshotsOptions): AuthorizedSnapshots {
    return new AuthorizedSnapshots(options);
  }

  private constructor(options: AuthorizedSnapshotsOptions) {
    this.#options = options;
  }

  /** Those of the refs that have a snapshot which the reader may see. */
  async getByRefs(
    refs: string[],
    asOf: Date | undefined,
    credentials: BackstageCredentials,
  ): Promise<EntitySnapshot[]> {
    const mayRead = await this.reader(credentials);
    const snapshots = await this.#options.store.getByRefs(refs, asOf);
    return snapshots.filter(({ entity }) => mayRead(entity));
  }

  /** One page; `after` of the next one is absent at the end. */
  async list(
    filter: SnapshotFilter,
    page: { after?: string; limit: number },
    credentials: BackstageCredentials,
  ): Promise<{ items: EntitySnapshot[]; after?: string }> {
    const mayRead = await this.reader(credentials);
    const items: EntitySnapshot[] = [];
    let { after } = page;
    for (let lookedAt = 0; lookedAt < MOST_LOOKED_AT; lookedAt += BATCH) {
      const batch = await this.#options.store.list(filter, {
        after,
        limit: BATCH,
      });
      for (const snapshot of batch) {
        if (items.length === page.limit) {
          return { items, after };
        }
        after = snapshot.ref;
        if (mayRead(snapshot.entity)) {
          items.push(snapshot);
        }
      }
      if (batch.length < BATCH) {
        return { items };
      }
    }
    return { items, after };
  }

  /** The read permission of the reader, as a question to ask of each entity. */
  async reader(
    credentials: BackstageCredentials,
  ): Promise<(entity: EntitySnapshot['entity'] | Entity) => boolean> {
    const { permissions, permissionsRegistry } = this.#options;
    const [decision] = await permissions.authorizeConditional(
      [{ permission: catalogEntityReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.CONDITIONAL) {
      const allowed = decision.result === AuthorizeResult.ALLOW;
      return () => allowed;
    }
    // Asked for late: the catalog registers its rules while it starts.
    const authorize = createConditionAuthorizer(
      permissionsRegistry.getPermissionRuleset(
        catalogEntityPermissionResourceRef,
      ),
    );
    return entity => authorize(decision, entity as Entity);
  }
}

interface AuthorizedSnapshotsOptions {
  store: SnapshotStore;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
}
