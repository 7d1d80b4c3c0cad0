import { FactSourceSpec } from '@waymark/scorecards-common';
import { RepositoryName } from '@waymark/waymark-common';

/** A repository of a forge; the id outlives renames, and is not always known. */
export interface RepositoryIdentity extends RepositoryName {
  repositoryId?: string;
}

/** A collector that runs inside the portal. It may write about every entity to which its source applies. */
export interface CollectorWriter {
  kind: 'collector';
  /** As fact sources name it under `writers`. */
  id: string;
}

/** The file `.waymark/facts.yaml` of a repository. It speaks for the entities of that repository only. */
export interface AttestationWriter {
  kind: 'attestation';
  repository: RepositoryIdentity;
}

/** A run of CI, by its identity token. It speaks for the entities of its own repository only. */
export interface CiWriter {
  kind: 'ci';
  repository: RepositoryIdentity;
  /** Whether it may report delivery events. */
  delivery: boolean;
}

/** A service with a token of its own. */
export interface ServiceWriter {
  kind: 'service';
  /** The subject of its token, as fact sources name it under `writers`. */
  subject: string;
  /** Ids of the fact sources that it may write; undefined for those that name it. */
  sources?: ReadonlySet<string>;
  /** Refs of groups: it may write about what they and the groups below them own; undefined for whatever anybody owns. */
  owners?: readonly string[];
  /** Whether it may write about an entity, as the catalog describes it; undefined for all of them. */
  admits?: (entity: object) => boolean;
  /** Whether it may report delivery events. */
  delivery: boolean;
}

/** Who writes from outside, once authenticated. */
export type PushWriter = CiWriter | ServiceWriter;

/** Who writes facts. */
export type FactWriter = CollectorWriter | AttestationWriter | PushWriter;

/** What is known of an entity that decides who may write about it. */
export interface WritableEntity {
  source?: RepositoryIdentity;
  /** Refs from the owner to the root of the group tree. */
  ownerPath: readonly string[];
  entity: object;
}

const slugOf = ({ host, owner, repository }: RepositoryName) =>
  `${host}/${owner}/${repository}`.toLowerCase();

/** A name that no other writer has, as facts and events keep it; that of a collector is its id. */
export function nameOf(writer: FactWriter): string {
  switch (writer.kind) {
    case 'collector':
      return writer.id;
    case 'service':
      return `token:${writer.subject}`;
    default:
      return `${writer.kind}:${slugOf(writer.repository)}`;
  }
}

/** Why a writer may not write facts of a source, or undefined when it may. */
export function refusedSource(
  writer: FactWriter,
  spec: Pick<FactSourceSpec, 'id' | 'writers'>,
): string | undefined {
  const named = spec.writers.some(({ collector, token, ci, attestation }) => {
    switch (writer.kind) {
      case 'collector':
        return collector === writer.id;
      case 'service':
        return token === writer.subject;
      case 'ci':
        return ci === 'sourceRepository';
      default:
        return attestation === 'sourceRepository';
    }
  });
  if (!named) {
    return `"${spec.id}" does not name ${nameOf(writer)} among its writers`;
  }
  return writer.kind === 'service' && writer.sources?.has(spec.id) === false
    ? `${nameOf(writer)} is not configured to write "${spec.id}"`
    : undefined;
}

/** Whether a writer may write about an entity. */
export function mayWriteAbout(
  writer: FactWriter,
  entity: WritableEntity,
): boolean {
  switch (writer.kind) {
    case 'collector':
      return true;
    case 'service':
      return (
        (writer.owners?.some(owner => entity.ownerPath.includes(owner)) ??
          true) &&
        (writer.admits?.(entity.entity) ?? true)
      );
    default:
      return (
        entity.source !== undefined &&
        isSameRepository(entity.source, writer.repository)
      );
  }
}

/** Whether somebody who may not write about an entity may learn that there is none of that name. */
export const seesEveryEntity = (writer: FactWriter): boolean =>
  writer.kind === 'collector' ||
  (writer.kind === 'service' &&
    writer.admits === undefined &&
    writer.owners === undefined);

/**
 * The ids decide where both are known: a renamed repository is still itself, and one made anew under an old name is not.
 */
function isSameRepository(
  a: RepositoryIdentity,
  b: RepositoryIdentity,
): boolean {
  if (a.repositoryId !== undefined && b.repositoryId !== undefined) {
    return (
      a.host.toLowerCase() === b.host.toLowerCase() &&
      a.repositoryId === b.repositoryId
    );
  }
  return slugOf(a) === slugOf(b);
}
