import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  EntitySnapshot,
  SnapshotChanges,
  SnapshotPage,
} from '@waymark/waymark-common';

/**
 * On whose behalf snapshots are read. A user sees what the catalog lets the user read.
 * @public
 */
export interface EntitySnapshotsOptions {
  credentials: BackstageCredentials;
}

/**
 * Which snapshots to list. Filters are combined by "and".
 * @public
 */
export interface ListEntitySnapshotsRequest {
  /** Instant to look at, not in the future; the present when absent. */
  asOf?: Date;
  kind?: string;
  /** `spec.type` */
  type?: string;
  /** Ref of a group or user anywhere on the owner path. */
  owner?: string;
  system?: string;
  domain?: string;
  cursor?: string;
  /** At most 500; 100 when absent. */
  limit?: number;
}

/**
 * What the catalog says of entities, and said at any instant.
 * @public
 */
export interface EntitySnapshotsService {
  /** The snapshot in force, or `undefined` when there was no such entity or the reader may not see it. */
  get(
    request: { entityRef: string; asOf?: Date },
    options: EntitySnapshotsOptions,
  ): Promise<EntitySnapshot | undefined>;

  /** The snapshots in force of up to 1,000 refs; those without one are left out. */
  query(
    request: { entityRefs: string[]; asOf?: Date },
    options: EntitySnapshotsOptions,
  ): Promise<EntitySnapshot[]>;

  /** One page in the order of the refs. */
  list(
    request: ListEntitySnapshotsRequest,
    options: EntitySnapshotsOptions,
  ): Promise<SnapshotPage>;

  /**
   * The change feed after a sequence (0 for all), oldest first. For services only. Store `next` with the effect of the
   * changes in one transaction.
   */
  changes(
    request: { after: number; limit?: number },
    options: EntitySnapshotsOptions,
  ): Promise<SnapshotChanges>;
}
