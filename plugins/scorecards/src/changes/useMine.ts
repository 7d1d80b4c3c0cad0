import { stringifyEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { scorecardsApiRef } from '../api/ScorecardsApi';
import { KINDS } from '../entity/isScored';
import { movesBetween } from './compare';

/** Most entities that are compared. */
const MOST = 200;

/** What I and my groups own, now and at an instant, and what lies between. */
export function useMine(since: string) {
  const catalogApi = useApi(catalogApiRef);
  const identityApi = useApi(identityApiRef);
  const scorecardsApi = useApi(scorecardsApiRef);
  return useQuery({
    queryKey: ['mine', since],
    queryFn: async ({ signal }) => {
      const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
      const { items, totalItems } = await catalogApi.queryEntities({
        query: {
          $all: [
            { kind: { $in: [...KINDS] } },
            { 'relations.ownedBy': { $in: ownershipEntityRefs } },
          ],
        },
        fields: ['kind', 'metadata.namespace', 'metadata.name'],
        limit: MOST,
        orderFields: { field: 'metadata.name', order: 'asc' },
      });
      const refs = items.map(entity => stringifyEntityRef(entity));
      if (refs.length === 0) return { total: 0, scores: [], moves: [] };
      const [before, scores] = await Promise.all([
        scorecardsApi.queryScores(refs, { asOf: since }, { signal }),
        scorecardsApi.queryScores(refs, {}, { signal }),
      ]);
      return { total: totalItems, scores, moves: movesBetween(before, scores) };
    },
    placeholderData: keepPreviousData,
    retry: 1,
  });
}
