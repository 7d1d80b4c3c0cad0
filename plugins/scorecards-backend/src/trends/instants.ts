import type { Instants } from '../rollups';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Distances, each of which some people read at a glance. */
const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map(count => count * MINUTE),
  ...[1, 2, 3, 6, 12].map(count => count * HOUR),
];

function stepFor(least: number): number {
  const step = STEPS.find(one => one >= least);
  return step ?? Math.ceil(least / DAY) * DAY;
}

/**
 * Whole minutes, hours or days (UTC) at equal distances, and the end of the interval as the last one. They are the same
 * ones whenever they are asked for, so that what was counted at them is counted once.
 *
 * @param most - there are fewer where they would be less than a minute apart
 */
export function wholeInstants(from: Date, to: Date, most: number): Instants {
  const end = to.getTime();
  const step = stepFor((end - from.getTime()) / (most - 1));
  const first = Math.ceil(from.getTime() / step) * step;
  const before = Math.max(0, Math.ceil((end - first) / step));
  return { first, step, count: before + 1, end };
}
