import { useApi } from '@backstage/frontend-plugin-api';
import { RollupDimension, ScorecardList } from '@waymark/scorecards-common';
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query';
import { ResultFilter, scorecardsApiRef } from '../api/ScorecardsApi';

const COLLECTORS_REFRESH_MILLIS = 15_000;
const TOTAL_REFRESH_MILLIS = 30_000;
/** Where only so many are looked at first. */
const PAGE = 50;
/** Where all are needed. */
const MOST = 500;

function useScorecardList<T>(select: (list: ScorecardList) => T) {
  const api = useApi(scorecardsApiRef);
  return useQuery({
    queryKey: ['scorecards'],
    queryFn: ({ signal }) => api.listScorecards({ signal }),
    select,
  });
}

/** Every scorecard. */
export function useScorecards() {
  return useScorecardList(({ items }) => items);
}

/** The part of the past that was replayed for a demonstration; undefined where there is none, or nobody knows yet. */
export function useReplayedPast(): ScorecardList['demo'] {
  return useScorecardList(({ demo }) => demo ?? null).data ?? undefined;
}

/** One scorecard. */
export function useScorecard(name: string) {
  const api = useApi(scorecardsApiRef);
  return useQuery({
    queryKey: ['scorecard', name],
    queryFn: ({ signal }) => api.getScorecard(name, { signal }),
  });
}

/** How all entities of a scorecard fare together. */
export function useTotal(name: string, asOf?: string) {
  const api = useApi(scorecardsApiRef);
  return useQuery({
    queryKey: ['total', name, asOf],
    queryFn: ({ signal }) => api.getTotal(name, { asOf }, { signal }),
    // The past stays as it was.
    refetchInterval: asOf ? false : TOTAL_REFRESH_MILLIS,
  });
}

/** How the entities of each owner, system, domain or type fare. */
export function useRollup(name: string, by: RollupDimension, asOf?: string) {
  const api = useApi(scorecardsApiRef);
  return useQuery({
    queryKey: ['rollup', name, by, asOf],
    queryFn: ({ signal }) => api.getRollup(name, { by, asOf }, { signal }),
    placeholderData: keepPreviousData,
  });
}

/** What a scorecard says of entities, page by page. */
export function useResults(name: string, filter: ResultFilter, isAll: boolean) {
  const api = useApi(scorecardsApiRef);
  return useInfiniteQuery({
    queryKey: ['results', name, filter, isAll],
    queryFn: ({ signal, pageParam }) =>
      api.listResults(
        name,
        filter,
        { cursor: pageParam, limit: isAll ? MOST : PAGE },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: page => page.cursor,
    placeholderData: keepPreviousData,
  });
}

/** How the collectors of facts fare, asked again while one looks. */
export function useCollectors(isAllowed: boolean) {
  const api = useApi(scorecardsApiRef);
  return useQuery({
    queryKey: ['collectors'],
    queryFn: ({ signal }) => api.listCollectors({ signal }),
    enabled: isAllowed,
    refetchInterval: COLLECTORS_REFRESH_MILLIS,
  });
}
