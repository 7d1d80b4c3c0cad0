import { Random } from './random';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** Moves an instant to office hours of a weekday, never later than its own day. */
export function toOfficeHours(
  instant: Date,
  offsetMinutes: number,
  random: Random,
): Date {
  let local = instant.getTime() + offsetMinutes * MINUTE;
  const weekday = new Date(local).getUTCDay();
  if (weekday === 6) local -= DAY;
  if (weekday === 0) local -= 2 * DAY;
  const midnight = local - (((local % DAY) + DAY) % DAY);
  const minutes = 8.5 * 60 + random() * 9.5 * 60;
  const seconds = Math.floor(minutes * 60) * 1000;
  return new Date(midnight + seconds - offsetMinutes * MINUTE);
}

/**
 * Puts instants in order without moving any of them later: each ends before the one after it, the last before `now`.
 */
export function orderInstants(
  instants: Date[],
  now: Date,
  random: Random,
): Date[] {
  let limit = now.getTime() - 20 * MINUTE;
  return [...instants]
    .reverse()
    .map(instant => {
      const time = Math.min(instant.getTime(), limit);
      limit = time - Math.floor(4 + random() * 70) * MINUTE;
      return new Date(time);
    })
    .reverse();
}
