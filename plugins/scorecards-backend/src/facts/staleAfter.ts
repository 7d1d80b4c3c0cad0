import { Duration } from 'luxon';

/**
 * For how long a fact is known without being confirmed, in milliseconds. A month counts as 30 days here and a year as 365,
 * so that one number per source says when its facts become stale.
 *
 * @param staleAfter - ISO 8601 duration, of the definition of the source
 */
export const staleAfterMillis = (staleAfter: string): number =>
  Duration.fromISO(staleAfter).toMillis();
