import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  entityPresentationApiRef,
} from '@backstage/plugin-catalog-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';

/** A group to choose. */
export interface GroupOption {
  /** The entity ref. */
  id: string;
  label: string;
}

/**
 * The groups that may own something, those of the person apart; each list by name.
 *
 * @param type - only groups of this type, such as `team`
 */
export function useGroups(type?: string) {
  const catalogApi = useApi(catalogApiRef);
  const identityApi = useApi(identityApiRef);
  const presentationApi = useApi(entityPresentationApiRef);
  return useAsyncRetry(async () => {
    const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
    const entities: Entity[] = [];
    for await (const page of catalogApi.streamEntities({
      filter: { kind: 'group', ...(type && { 'spec.type': type }) },
      fields: ['kind', 'metadata', 'spec.profile', 'spec.type'],
    })) {
      entities.push(...page);
    }
    const groups = await Promise.all(
      entities.map(async (entity): Promise<GroupOption> => {
        const { primaryTitle } = await presentationApi.forEntity(entity)
          .promise;
        return { id: stringifyEntityRef(entity), label: primaryTitle };
      }),
    );
    groups.sort((a, b) => a.label.localeCompare(b.label));
    const isMine = (group: GroupOption) =>
      ownershipEntityRefs.includes(group.id);
    return {
      mine: groups.filter(isMine),
      others: groups.filter(group => !isMine(group)),
    };
  }, [catalogApi, identityApi, presentationApi, type]);
}
