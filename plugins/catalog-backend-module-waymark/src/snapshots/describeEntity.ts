import {
  ANNOTATION_LOCATION,
  Entity,
  parseEntityRef,
  parseLocationRef,
  RELATION_API_CONSUMED_BY,
  RELATION_API_PROVIDED_BY,
  RELATION_CHILD_OF,
  RELATION_DEPENDENCY_OF,
  RELATION_HAS_MEMBER,
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PARENT_OF,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  EntitySnapshot,
  parseRepositoryUrl,
  SourceRepository,
} from '@waymark/waymark-common';
import { createHash } from 'node:crypto';

const LONGEST_TEXT = 1024;

/**
 * What a snapshot holds of one entity by itself, before owner path and domain, which depend on others.
 */
export interface DescribedEntity {
  uid: string;
  ref: string;
  kind: string;
  type?: string;
  lifecycle?: string;
  owner?: string;
  system?: string;
  /** The domain that the entity states itself; only systems do. */
  ownDomain?: string;
  /** Groups directly above a group. */
  parents: string[];
  source?: SourceRepository;
  /** Id of the source repository, once it is known. */
  repositoryId?: string;
  entity: EntitySnapshot['entity'];
}

// The mirror images of what other entities state. Kept, every new component would rewrite the group that owns it.
const MIRRORED_RELATIONS = new Set([
  RELATION_OWNER_OF,
  RELATION_HAS_PART,
  RELATION_HAS_MEMBER,
  RELATION_PARENT_OF,
  RELATION_DEPENDENCY_OF,
  RELATION_API_CONSUMED_BY,
  RELATION_API_PROVIDED_BY,
]);

const text = (value: unknown) =>
  typeof value === 'string' ? value : undefined;

const compare = (a: string, b: string) => {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
};

export function describeEntity(entity: Entity): DescribedEntity {
  const { uid, etag: _, ...metadata } = entity.metadata;
  if (!uid) {
    throw new TypeError(`${stringifyEntityRef(entity)} has no uid`);
  }
  const relations = (entity.relations ?? [])
    .filter(({ type }) => !MIRRORED_RELATIONS.has(type))
    .map(({ type, targetRef }) => ({ type, targetRef }))
    .sort(
      (a, b) => compare(a.type, b.type) || compare(a.targetRef, b.targetRef),
    );
  const targets = (type: string, kind?: string) =>
    relations
      .filter(
        relation =>
          relation.type === type &&
          (!kind || parseEntityRef(relation.targetRef).kind === kind),
      )
      .map(({ targetRef }) => targetRef);
  const kind = entity.kind.toLocaleLowerCase('en-US');
  const spec = entity.spec && (shorten(entity.spec) as typeof entity.spec);

  return {
    uid,
    ref: stringifyEntityRef(entity),
    kind,
    type: text(entity.spec?.type),
    lifecycle: text(entity.spec?.lifecycle),
    owner: targets(RELATION_OWNED_BY)[0],
    system: targets(RELATION_PART_OF, 'system')[0],
    ownDomain:
      kind === 'system' ? targets(RELATION_PART_OF, 'domain')[0] : undefined,
    parents: kind === 'group' ? targets(RELATION_CHILD_OF) : [],
    source: sourceOf(entity),
    entity: {
      apiVersion: entity.apiVersion,
      kind: entity.kind,
      metadata: { ...metadata, uid },
      ...(spec && { spec }),
      relations,
    },
  };
}

/** The repository whose file describes the entity. */
export function sourceOf(entity: Entity): SourceRepository | undefined {
  const ref = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (!ref) {
    return undefined;
  }
  const location = parseLocationRef(ref);
  return location.type === 'url'
    ? parseRepositoryUrl(location.target)
    : undefined;
}

// Rules compare short values and see that long ones are there; the text of an API description is not history.
function shorten(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.length <= LONGEST_TEXT
      ? value
      : `sha256:${createHash('sha256').update(value).digest('hex')}`;
  }
  if (Array.isArray(value)) {
    return value.map(shorten);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, shorten(child)]),
    );
  }
  return value;
}
