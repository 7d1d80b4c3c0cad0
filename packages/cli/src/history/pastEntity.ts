import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { EntitySnapshot } from '@waymark/waymark-common';
import { isDeepStrictEqual } from 'node:util';

type Relations = NonNullable<EntitySnapshot['entity']['relations']>;

/** What the rest of the catalog says of groups and systems. */
export class Surroundings {
  readonly #byRef: ReadonlyMap<string, EntitySnapshot>;

  static of(snapshots: Iterable<EntitySnapshot>): Surroundings {
    return new Surroundings(
      new Map([...snapshots].map(snapshot => [snapshot.ref, snapshot])),
    );
  }

  private constructor(byRef: ReadonlyMap<string, EntitySnapshot>) {
    this.#byRef = byRef;
  }

  /** The owner and the groups above it. */
  pathOf(owner: string): string[] {
    const path = [owner];
    for (const ref of path) {
      const above = this.#byRef
        .get(ref)
        ?.entity.relations?.filter(({ type }) => type === RELATION_CHILD_OF)
        .map(({ targetRef }) => targetRef)
        .filter(parent => !path.includes(parent));
      path.push(...(above ?? []));
    }
    return path;
  }

  domainOf(system: string): string | undefined {
    return this.#byRef.get(system)?.domain;
  }
}

/**
 * What the catalog would have said of an entity when its file said something else.
 *
 * @param present - what it says now
 * @param file - what the file says now
 * @param past - what the file said
 */
export function pastEntity(
  present: EntitySnapshot,
  { file, past }: { file: Entity; past: Entity },
  surroundings: Surroundings,
): EntitySnapshot {
  if (isDeepStrictEqual(file, past)) return present;
  const { entity } = present;
  const spec = past.spec ?? {};
  const owner = refOf(spec.owner, 'group', past);
  const system = refOf(spec.system, 'system', past);
  const domain = system && surroundings.domainOf(system);
  const { owner: _, system: __, domain: ___, ...rest } = present;
  return {
    ...rest,
    type: textOf(spec.type),
    lifecycle: textOf(spec.lifecycle),
    ownerPath: owner ? surroundings.pathOf(owner) : [],
    ...(owner && { owner }),
    ...(system && { system }),
    ...(domain && { domain }),
    entity: {
      ...entity,
      metadata: {
        ...entity.metadata,
        ...past.metadata,
        annotations: {
          ...addedByCatalog(entity, file),
          ...past.metadata.annotations,
        },
      },
      spec: past.spec,
      relations: [
        ...relationsBut(entity.relations ?? [], [
          [RELATION_OWNED_BY, present.owner],
          [RELATION_PART_OF, present.system],
        ]),
        ...(owner ? [{ type: RELATION_OWNED_BY, targetRef: owner }] : []),
        ...(system ? [{ type: RELATION_PART_OF, targetRef: system }] : []),
      ],
    },
  };
}

function addedByCatalog(entity: EntitySnapshot['entity'], file: Entity) {
  const { annotations = {} } = entity.metadata as Entity['metadata'];
  const own = file.metadata.annotations ?? {};
  return Object.fromEntries(
    Object.entries(annotations).filter(([name]) => !Object.hasOwn(own, name)),
  );
}

function relationsBut(
  relations: Relations,
  left: [type: string, target: string | undefined][],
): Relations {
  return relations.filter(
    ({ type, targetRef }) =>
      !left.some(([other, target]) => type === other && targetRef === target),
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function refOf(
  value: unknown,
  defaultKind: string,
  { metadata }: Entity,
): string | undefined {
  return typeof value === 'string'
    ? stringifyEntityRef(
        parseEntityRef(value, {
          defaultKind,
          defaultNamespace: metadata.namespace ?? 'default',
        }),
      )
    : undefined;
}
