const DAY_MS = 24 * 60 * 60_000;

/** An instant of the history that is made. */
export function daysAgo(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
