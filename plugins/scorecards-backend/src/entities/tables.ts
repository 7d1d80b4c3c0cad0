import { EntitySnapshot, SourceRepository } from '@waymark/waymark-common';
import canonicalize from 'canonicalize';
import { Big } from '../database/intervals';

export const ENTITIES = 'entities';
export const INTERVALS = 'entity_intervals';
export const OWNERS = 'entity_owners';
export const HEAD = 'entity_head';

export interface EntityRow {
  id: number;
  ref: string;
  uid: string;
  deleted_at: Big | null;
}

/** What a snapshot says, but for its uid and its interval. */
export interface ContentColumns {
  kind: string;
  type: string | null;
  lifecycle: string | null;
  owner: string | null;
  owner_path: string;
  system: string | null;
  domain: string | null;
  source: string | null;
  entity: string;
}

export interface IntervalRow extends ContentColumns {
  id: Big;
  entity_id: number;
  snapshot_sequence: Big;
  placement_id: number;
  valid_from: Big;
  valid_to: Big | null;
}

export interface HeadRow {
  cursor: Big;
  compare_after: number | null;
  recorded_at: Big;
}

/** An entity of the catalog under the short number that facts and results hang on. */
export interface TrackedEntity {
  /** Lives on when the entity comes back from the same repository, or is renamed there. */
  id: number;
  /** Number of the interval in which the catalog said this of it. */
  interval: number;
  /** `kind:namespace/name` in lower case. */
  ref: string;
  /** The catalog's id. */
  uid: string;
  /** In lower case. */
  kind: string;
  type?: string;
  lifecycle?: string;
  /** Ref of the owner. */
  owner?: string;
  /** The owner and the groups above it, from the nearest to the root. */
  ownerPath: string[];
  /** Ref of the system it is part of. */
  system?: string;
  /** Ref of the domain of that system. */
  domain?: string;
  /** Absent where the entity does not come from a file in a repository. */
  source?: SourceRepository;
  /** Long texts of its spec stand as `sha256:<hex>`. */
  entity: EntitySnapshot['entity'];
  /** When the catalog lost it; absent while it has it, and in reads of the past. */
  deletedAt?: Date;
}

/** The columns by which roll-ups group; owner_path holds the owner. */
export const SCOPE_COLUMNS = [
  'kind',
  'type',
  'owner',
  'owner_path',
  'system',
  'domain',
] as const;

export function contentOf(snapshot: EntitySnapshot): ContentColumns {
  return {
    kind: snapshot.kind,
    type: snapshot.type ?? null,
    lifecycle: snapshot.lifecycle ?? null,
    owner: snapshot.owner ?? null,
    owner_path: JSON.stringify(snapshot.ownerPath),
    system: snapshot.system ?? null,
    domain: snapshot.domain ?? null,
    source: snapshot.source ? canonicalize(snapshot.source)! : null,
    entity: canonicalize(snapshot.entity)!,
  };
}

export const sourceOf = ({
  source,
}: Pick<IntervalRow, 'source'>): SourceRepository | undefined =>
  source === null ? undefined : JSON.parse(source);

/** @param row - `id` is that of the interval */
export function toTracked(
  row: IntervalRow & Pick<EntityRow, 'ref' | 'uid'>,
): TrackedEntity {
  const source = sourceOf(row);
  return {
    id: row.entity_id,
    interval: Number(row.id),
    ref: row.ref,
    uid: row.uid,
    kind: row.kind,
    ...(row.type !== null && { type: row.type }),
    ...(row.lifecycle !== null && { lifecycle: row.lifecycle }),
    ...(row.owner !== null && { owner: row.owner }),
    ownerPath: JSON.parse(row.owner_path),
    ...(row.system !== null && { system: row.system }),
    ...(row.domain !== null && { domain: row.domain }),
    ...(source && { source }),
    entity: JSON.parse(row.entity),
  };
}
