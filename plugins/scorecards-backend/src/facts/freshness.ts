import { DateTime, Duration } from 'luxon';

/** By id of a fact source: from when a fact was observed to when it is stale, both in ms since 1970. */
export type FreshUntil = ReadonlyMap<string, (observedAt: number) => number>;

/**
 * How long facts of a source are believed.
 *
 * @param staleAfter - ISO 8601 duration
 * @returns from when a fact was observed to the first instant at which it is stale, both in ms since 1970
 */
export function freshness(staleAfter: string): (observedAt: number) => number {
  const duration = Duration.fromISO(staleAfter);
  const { years, quarters, months } = duration;
  if (!years && !quarters && !months) {
    const millis = duration.toMillis();
    return observedAt => observedAt + millis;
  }
  // Months differ in length, so it depends on when one begins.
  return observedAt =>
    DateTime.fromMillis(observedAt, { zone: 'utc' }).plus(duration).toMillis();
}
