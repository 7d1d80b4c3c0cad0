import { Entity, parseEntityRef } from '@backstage/catalog-model';

/** A filter for entities that have a relation of a type, to an entity of a kind if one is named. */
export function hasRelation(
  type: string,
  targetKind?: string,
): (entity: Entity) => boolean {
  return entity =>
    Boolean(
      entity.relations?.some(
        relation =>
          relation.type === type &&
          (!targetKind ||
            parseEntityRef(relation.targetRef).kind === targetKind),
      ),
    );
}
