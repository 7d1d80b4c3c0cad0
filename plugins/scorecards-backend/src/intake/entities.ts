import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  FactWriter,
  mayWriteAbout,
  nameOf,
  seesEveryEntity,
  WritableEntity,
} from './writers';

/** An entity that can be written about. */
export interface KnownEntity extends WritableEntity {
  /** Number of the entity in this database. */
  id: number;
  ref: string;
}

/** Where entities are found. */
export interface EntityLookup {
  /** The living ones among the refs. */
  byRefs(refs: string[]): Promise<KnownEntity[]>;
}

/** An entity that a writer may write about, or why it may not. */
export type FoundEntity =
  | { entity: KnownEntity }
  | { reason: string; forbidden?: boolean };

/**
 * Finds the entities that somebody writes about, with one query.
 *
 * @param refs - as they were sent
 * @returns what to do with each of the refs
 */
export async function findEntities(
  lookup: EntityLookup,
  refs: Iterable<string>,
  writer: FactWriter,
): Promise<Map<string, FoundEntity>> {
  const spelled = new Map(
    [...new Set(refs)].map(ref => [ref, fullRef(ref)] as const),
  );
  const wanted = [...new Set(spelled.values())].flatMap(ref => ref ?? []);
  const known = new Map(
    (await lookup.byRefs(wanted)).map(entity => [entity.ref, entity]),
  );
  return new Map(
    [...spelled].map(([ref, full]) => [
      ref,
      full === undefined
        ? { reason: `"${ref}" is not an entity ref (kind:namespace/name)` }
        : judge(full, known.get(full), writer),
    ]),
  );
}

function judge(
  ref: string,
  entity: KnownEntity | undefined,
  writer: FactWriter,
): FoundEntity {
  if (entity && mayWriteAbout(writer, entity)) {
    return { entity };
  }
  // Whoever is let to some entities only must not find out by asking which others there are.
  return seesEveryEntity(writer)
    ? { reason: `there is no entity ${ref}` }
    : {
        reason: `${nameOf(writer)} may not write about ${ref}`,
        forbidden: true,
      };
}

/** A ref in the spelling of the catalog; undefined when it is none. */
export function fullRef(ref: string): string | undefined {
  try {
    return stringifyEntityRef(
      parseEntityRef(ref, { defaultNamespace: 'default' }),
    );
  } catch {
    return undefined;
  }
}
