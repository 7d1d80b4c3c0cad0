import { Entity, RELATION_CHILD_OF } from '@backstage/catalog-model';
import { CatalogApi, catalogApiRef } from '@backstage/plugin-catalog-react';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { ANNOTATION_PROJECT_SLUG } from '@waymark/waymark-common';
import { Ownership } from '../../problems';
import { targetOf } from '../findAttention';

const LIMIT = 500;
const MAX_DEPTH = 5;
const fields = ['kind', 'metadata', 'spec', 'relations', 'status'];

/** What a person owns, directly or through their groups. */
export interface OwnedEntities {
  /** At most 500, by name. */
  entities: Entity[];
  /** How many there are in all. */
  total: number;
  /** By what a problem of the catalog is theirs. */
  ownership: Ownership;
  /** The owning groups and those above them, by reference. */
  groups: Map<string, Entity>;
}

/** The entities that the signed-in person owns; one request for all widgets. */
export function useOwned() {
  const catalogApi = useApi(catalogApiRef);
  const identityApi = useApi(identityApiRef);
  return useQuery({
    queryKey: ['owned'],
    queryFn: async (): Promise<OwnedEntities> => {
      const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
      const { items, totalItems } = await catalogApi.queryEntities({
        query: {
          $all: [
            { kind: { $in: ['component', 'api', 'resource', 'system'] } },
            { 'relations.ownedBy': { $in: ownershipEntityRefs } },
          ],
        },
        fields,
        limit: LIMIT,
        orderFields: { field: 'metadata.name', order: 'asc' },
      });
      const owners = items.flatMap(
        entity =>
          entity.relations
            ?.filter(relation => relation.type === 'ownedBy')
            .map(relation => relation.targetRef) ?? [],
      );
      return {
        entities: items,
        total: totalItems,
        ownership: {
          owners: ownershipEntityRefs,
          repositories: repositoriesOf(items),
        },
        groups: await loadGroups(catalogApi, owners),
      };
    },
    staleTime: 30_000,
  });
}

function repositoriesOf(entities: Entity[]): string[] {
  return entities.flatMap(({ kind, metadata }) =>
    kind === 'Component'
      ? metadata.annotations?.[ANNOTATION_PROJECT_SLUG] ?? []
      : [],
  );
}

/** Groups by reference with all groups above them, one request for each level. */
async function loadGroups(
  catalogApi: CatalogApi,
  refs: string[],
): Promise<Map<string, Entity>> {
  const groups = new Map<string, Entity>();
  let level = [...new Set(refs)];
  for (let depth = 0; level.length > 0 && depth < MAX_DEPTH; depth++) {
    const { items } = await catalogApi.getEntitiesByRefs({
      entityRefs: level,
      fields: ['kind', 'metadata', 'relations'],
    });
    level.forEach((ref, index) => {
      const group = items[index];
      if (group) {
        groups.set(ref, group);
      }
    });
    const parents = items.flatMap(
      group => (group && targetOf(group, RELATION_CHILD_OF)) ?? [],
    );
    level = [...new Set(parents)].filter(ref => !groups.has(ref));
  }
  return groups;
}
