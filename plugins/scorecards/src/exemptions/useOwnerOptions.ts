import { parseEntityRef, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';

/** Who owns an entity, as full refs. */
export function useOwners(entityRef: string): string[] | undefined {
  const catalogApi = useApi(catalogApiRef);
  const { data } = useQuery({
    queryKey: ['owners', entityRef],
    queryFn: async () => {
      const entity = await catalogApi.getEntityByRef(entityRef);
      return (entity?.relations ?? [])
        .filter(({ type }) => type === RELATION_OWNED_BY)
        .map(({ targetRef }) => targetRef);
    },
    staleTime: Infinity,
  });
  return data;
}

/** Who can carry out a plan, as options: the owner of the entity first, then oneself and one's groups. */
export function useOwnerOptions(
  entityRef: string,
): { id: string; label: string }[] {
  const identityApi = useApi(identityApiRef);
  const owners = useOwners(entityRef);
  const { data: identity } = useQuery({
    queryKey: ['identity'],
    queryFn: () => identityApi.getBackstageIdentity(),
    staleTime: Infinity,
  });
  const refs = new Set([
    ...(owners ?? []),
    ...(identity
      ? [identity.userEntityRef, ...identity.ownershipEntityRefs]
      : []),
  ]);
  return [...refs].map(ref => {
    const { kind, name } = parseEntityRef(ref);
    return { id: ref, label: `${name} (${kind})` };
  });
}
