import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_CHILD_OF,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

const MAX_DEPTH = 5;

/**
 * The owner of an entity, then the groups above it, nearest first, as far as
 * the caller may read them.
 */
export async function readOwners(
  entity: Entity,
  catalog: CatalogService,
  credentials: BackstageCredentials,
): Promise<Entity[]> {
  const owners: Entity[] = [];
  const seen = new Set<string>();
  let ref = targetOf(entity, RELATION_OWNED_BY);
  while (ref && !seen.has(ref) && owners.length < MAX_DEPTH) {
    seen.add(ref);
    const owner = await catalog.getEntityByRef(ref, { credentials });
    if (!owner) {
      break;
    }
    owners.push(owner);
    ref = targetOf(owner, RELATION_CHILD_OF);
  }
  return owners;
}

function targetOf(entity: Entity, type: string): string | undefined {
  return entity.relations?.find(relation => relation.type === type)?.targetRef;
}
