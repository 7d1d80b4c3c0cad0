import { useApi } from '@backstage/frontend-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { DateTime } from 'luxon';
import { scorecardsApiRef } from '../api/ScorecardsApi';

/** How far back movers are looked for. */
export const MOVERS_DAYS = 30;
const MOVERS = 5;
const FRESH_MILLIS = 5 * 60_000;

/** How a scorecard has gone until an instant, or now. */
export function useTrend(name: string, to?: string) {
  const api = useApi(scorecardsApiRef);
  return useQuery({
    queryKey: ['trend', name, to],
    queryFn: ({ signal }) => api.getTrend(name, { to }, { signal }),
    staleTime: FRESH_MILLIS,
  });
}

/**
 * Who has moved most lately.
 *
 * @param now - by the clock of the backend; nothing is asked before it is known
 */
export function useMovers(now: string | undefined, scorecard?: string) {
  const api = useApi(scorecardsApiRef);
  const since =
    now &&
    DateTime.fromISO(now, { zone: 'utc' })
      .minus({ days: MOVERS_DAYS })
      .startOf('hour')
      .toISO()!;
  return useQuery({
    queryKey: ['movers', scorecard, since],
    queryFn: ({ signal }) =>
      api.getMovers({ scorecard, since: since!, limit: MOVERS }, { signal }),
    enabled: since !== undefined,
    staleTime: FRESH_MILLIS,
  });
}
