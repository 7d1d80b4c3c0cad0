import { useApi } from '@backstage/frontend-plugin-api';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { ScorecardSummary } from '@waymark/scorecards-common';
import { useMemo } from 'react';
import { AsOf, scorecardsApiRef } from '../api/ScorecardsApi';
import { useScorecards } from '../hooks/useReads';

/** What has changed is in the results mostly within a second. */
const PENDING_MILLIS = 1_000;
const REFRESH_MILLIS = 30_000;
const HISTORY_PAGE = 100;

/** What every scorecard says of an entity: now, asked again by itself, or as it was. */
export function useScores(
  entityRef: string,
  query: AsOf & { knowledge?: 'now' } = {},
) {
  const scorecardsApi = useApi(scorecardsApiRef);
  const { asOf } = query;
  return useQuery({
    queryKey: ['scores', entityRef, asOf, query.knowledge],
    queryFn: ({ signal }) =>
      scorecardsApi.getScores(entityRef, query, { signal }),
    refetchInterval: ({ state }) => {
      if (asOf) return false;
      return state.data?.pending ? PENDING_MILLIS : REFRESH_MILLIS;
    },
    // Whoever moves through time compares: what was shown stays until the rest is there.
    placeholderData: keepPreviousData,
    retry: 1,
  });
}

/**
 * The definitions in force, by the name of the scorecard; undefined while they are loading. Without them scores lack
 * titles of levels and efforts, which is better than nothing.
 */
export function useSpecs():
  | ReadonlyMap<string, ScorecardSummary['spec']>
  | undefined {
  const { data, isPending } = useScorecards();
  return useMemo(
    () =>
      isPending
        ? undefined
        : new Map((data ?? []).map(({ name, spec }) => [name, spec])),
    [data, isPending],
  );
}

/** Why a check says what it says. */
export function useProof(
  entityRef: string,
  check: { scorecard: string; check: string },
  query: AsOf,
) {
  const scorecardsApi = useApi(scorecardsApiRef);
  return useQuery({
    queryKey: ['proof', entityRef, check, query.asOf],
    queryFn: ({ signal }) =>
      scorecardsApi.getProof(entityRef, check, query, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.pending && !query.asOf ? PENDING_MILLIS : false,
    retry: 1,
  });
}

/** What changed in the results of an entity, newest first, page by page. */
export function useHistory(entityRef: string, scorecard?: string) {
  const scorecardsApi = useApi(scorecardsApiRef);
  return useInfiniteQuery({
    queryKey: ['history', entityRef, scorecard],
    queryFn: ({ signal, pageParam }) =>
      scorecardsApi.getHistory(
        entityRef,
        { scorecard, cursor: pageParam, limit: HISTORY_PAGE },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.cursor,
    retry: 1,
  });
}

/** Collects and evaluates an entity now; whatever is shown of it follows. */
export function useEvaluate(entityRef: string) {
  const scorecardsApi = useApi(scorecardsApiRef);
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => scorecardsApi.evaluate(entityRef),
    onSuccess: scores => {
      queryClient.setQueryData(
        ['scores', entityRef, undefined, undefined],
        scores,
      );
      return Promise.all(
        ['proof', 'history'].map(key =>
          queryClient.invalidateQueries({ queryKey: [key, entityRef] }),
        ),
      );
    },
  });
}
