import {
  RELATION_CHILD_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';

/** Groups that are asked for at a time. */
const BATCH = 500;

/** The parent of each group, whoever said so; without those that cannot be read. */
export function useParents(groups: string[], isEnabled: boolean) {
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['parents', groups],
    enabled: isEnabled,
    queryFn: async () => {
      const parents = new Map<string, string>();
      for (let from = 0; from < groups.length; from += BATCH) {
        const { items } = await catalogApi.getEntitiesByRefs({
          entityRefs: groups.slice(from, from + BATCH),
          fields: ['kind', 'metadata.namespace', 'metadata.name', 'relations'],
        });
        for (const group of items) {
          const parent = group?.relations?.find(
            ({ type }) => type === RELATION_CHILD_OF,
          );
          if (group && parent) {
            parents.set(stringifyEntityRef(group), parent.targetRef);
          }
        }
      }
      return parents;
    },
  });
}
