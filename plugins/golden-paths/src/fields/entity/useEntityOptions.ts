import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  entityPresentationApiRef,
} from '@backstage/plugin-catalog-react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';

/** An entity to choose. */
export interface EntityOption {
  /** The entity ref. */
  id: string;
  label: string;
}

/**
 * The entities of a kind to choose from, those that are the person's own apart; each list by name.
 *
 * @param type - only entities of this type, such as `team`
 */
export function useEntityOptions(kind: string, type?: string) {
  const catalogApi = useApi(catalogApiRef);
  const identityApi = useApi(identityApiRef);
  const presentationApi = useApi(entityPresentationApiRef);
  return useAsyncRetry(async () => {
    const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
    const entities: Entity[] = [];
    for await (const page of catalogApi.streamEntities({
      filter: { kind, ...(type && { 'spec.type': type }) },
      fields: ['kind', 'metadata', 'spec.profile', 'spec.type'],
    })) {
      entities.push(...page);
    }
    const options = await Promise.all(
      entities.map(async (entity): Promise<EntityOption> => {
        const { primaryTitle } = await presentationApi.forEntity(entity)
          .promise;
        return { id: stringifyEntityRef(entity), label: primaryTitle };
      }),
    );
    options.sort((a, b) => a.label.localeCompare(b.label));
    const isMine = (option: EntityOption) =>
      ownershipEntityRefs.includes(option.id);
    return {
      mine: options.filter(isMine),
      others: options.filter(option => !isMine(option)),
    };
  }, [catalogApi, identityApi, presentationApi, kind, type]);
}
