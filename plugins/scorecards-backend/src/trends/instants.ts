import type { EvenInstants } from '../rollups';

const MINUTE = 60_000;

/**
 * Instants at equal distances, the last one at the end.
 *
 * @param most - there are fewer where they would be less than a minute apart
 */
export function evenInstants(from: Date, to: Date, most: number): EvenInstants {
  const span = to.getTime() - from.getTime();
  const step = Math.max(MINUTE, Math.floor(span / (most - 1)));
  const count = Math.min(most, Math.floor(span / step) + 1);
  return { first: to.getTime() - step * (count - 1), step, count };
}
