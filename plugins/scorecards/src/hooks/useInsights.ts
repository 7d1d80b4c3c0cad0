import { useApi } from '@backstage/frontend-plugin-api';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DateTime } from 'luxon';
import { scorecardsApiRef } from '../api/ScorecardsApi';
import { daysAgo } from '../day';

/** How far back movers are looked for. */
export const MOVERS_DAYS = 30;
const MOVERS = 5;
const FRESH_MILLIS = 5 * 60_000;

const daysBefore = (instant: string, days: number) =>
  DateTime.fromISO(instant, { zone: 'utc' }).minus({ days }).toISO()!;

/**
 * How a scorecard has gone until an instant, or now.
 *
 * @param query - `days`: how many of them; as many as the backend finds useful when absent
 */
export function useTrend(
  name: string,
  { to, days }: { to?: string; days?: number } = {},
) {
  const api = useApi(scorecardsApiRef);
  const from = days && (to ? daysBefore(to, days) : daysAgo(days));
  return useQuery({
    queryKey: ['trend', name, from, to],
    queryFn: ({ signal }) =>
      api.getTrend(name, { ...(from && { from }), to }, { signal }),
    staleTime: FRESH_MILLIS,
    placeholderData: keepPreviousData,
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
