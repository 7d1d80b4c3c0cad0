import { EntitySnapshot, SourceRepository } from '@waymark/waymark-common';
import { createHash } from 'node:crypto';
import stableStringify from 'fast-json-stable-stringify';
import { DescribedEntity } from './describeEntity';

export const SNAPSHOTS = 'waymark_entity_snapshots';
export const OWNERS = 'waymark_entity_snapshot_owners';
export const CHANGES = 'waymark_entity_snapshot_changes';
export const HEAD = 'waymark_entity_snapshot_head';

/** PostgreSQL gives 64-bit integers as text. */
export type Big = number | string;

export interface SnapshotRow {
  sequence: Big;
  uid: string;
  ref: string;
  kind: string;
  type: string | null;
  lifecycle: string | null;
  owner_ref: string | null;
  system_ref: string | null;
  domain_ref: string | null;
  parents: string | null;
  owner_path: string;
  source_host: string | null;
  source_owner: string | null;
  source_repository: string | null;
  source_path: string | null;
  source_repository_id: string | null;
  inherits: boolean | number;
  entity: string;
  hash: string;
  valid_from: Big;
  valid_to: Big | null;
}

export interface ChangeRow {
  sequence: Big;
  type: 'created' | 'updated' | 'deleted';
  uid: string;
  ref: string;
  at: Big;
}

export interface HeadRow {
  id: number;
  sequence: Big;
  recorded_at: Big;
}

/** The columns that describe an entity, with the hash over all of them. */
export type SnapshotContent = Omit<
  SnapshotRow,
  'sequence' | 'inherits' | 'valid_from' | 'valid_to'
>;

/** @param described.repositoryId - absent while it is not known */
export function toContent(
  described: DescribedEntity,
  derived: { ownerPath: string[]; domain: string | undefined },
): SnapshotContent {
  const { source } = described;
  const columns = {
    uid: described.uid,
    ref: described.ref,
    kind: described.kind,
    type: described.type ?? null,
    lifecycle: described.lifecycle ?? null,
    owner_ref: described.owner ?? null,
    system_ref: described.system ?? null,
    domain_ref: derived.domain ?? null,
    parents:
      described.kind === 'group' ? JSON.stringify(described.parents) : null,
    owner_path: JSON.stringify(derived.ownerPath),
    source_host: source?.host ?? null,
    source_owner: source?.owner ?? null,
    source_repository: source?.repository ?? null,
    source_path: source?.branchAndPath ?? null,
    entity: stableStringify(described.entity),
  };
  return {
    ...columns,
    // Not part of the hash: that it becomes known is not a change of what the catalog says.
    source_repository_id: described.repositoryId ?? null,
    hash: createHash('sha256').update(stableStringify(columns)).digest('hex'),
  };
}

/** The content of a living row with owner path and domain computed anew. */
export function rederive(
  row: SnapshotRow,
  derived: { ownerPath: string[]; domain: string | undefined },
): SnapshotContent {
  return toContent(
    {
      uid: row.uid,
      ref: row.ref,
      kind: row.kind,
      type: row.type ?? undefined,
      lifecycle: row.lifecycle ?? undefined,
      owner: row.owner_ref ?? undefined,
      system: row.system_ref ?? undefined,
      parents: parentsOf(row),
      source: sourceOf(row),
      repositoryId: row.source_repository_id ?? undefined,
      entity: JSON.parse(row.entity),
    },
    derived,
  );
}

export function parentsOf(row: Pick<SnapshotRow, 'parents'>): string[] {
  return row.parents ? JSON.parse(row.parents) : [];
}

/** The repository that a row names. */
export function sourceOf(
  row: Pick<
    SnapshotRow,
    | 'source_host'
    | 'source_owner'
    | 'source_repository'
    | 'source_path'
    | 'source_repository_id'
  >,
): SourceRepository | undefined {
  return row.source_host && row.source_owner && row.source_repository
    ? {
        host: row.source_host,
        owner: row.source_owner,
        repository: row.source_repository,
        branchAndPath: row.source_path ?? '',
        ...(row.source_repository_id !== null && {
          repositoryId: row.source_repository_id,
        }),
      }
    : undefined;
}

/** Columns that tell whether an interval goes on; without the entity, which is long. */
export const INTERVAL_COLUMNS = [
  'sequence',
  'uid',
  'ref',
  'hash',
  'source_host',
  'source_owner',
  'source_repository',
  'source_repository_id',
] as const;

export type IntervalRow = Pick<SnapshotRow, (typeof INTERVAL_COLUMNS)[number]>;

const instant = (millis: Big) => new Date(Number(millis)).toISOString();

export function toSnapshot(row: SnapshotRow): EntitySnapshot {
  const source = sourceOf(row);
  return {
    sequence: Number(row.sequence),
    ref: row.ref,
    uid: row.uid,
    kind: row.kind,
    ...(row.type !== null && { type: row.type }),
    ...(row.lifecycle !== null && { lifecycle: row.lifecycle }),
    ...(row.owner_ref !== null && { owner: row.owner_ref }),
    ownerPath: JSON.parse(row.owner_path),
    ...(row.system_ref !== null && { system: row.system_ref }),
    ...(row.domain_ref !== null && { domain: row.domain_ref }),
    ...(source && { source }),
    inherits: Boolean(row.inherits),
    validFrom: instant(row.valid_from),
    ...(row.valid_to !== null && { validTo: instant(row.valid_to) }),
    entity: JSON.parse(row.entity),
  };
}

export const toChange = (row: ChangeRow) => ({
  sequence: Number(row.sequence),
  type: row.type,
  ref: row.ref,
  uid: row.uid,
  at: instant(row.at),
});
