import { unpackResults } from './checkResult';
import type { Score } from './score';

/**
 * Counts of a roll-up, by what is counted; what is zero is not in it.
 *
 * @remarks
 * `entities`; `level:<position>`, with -1 for none, and `unrated`; `points` and `confidence`, sums in ten-thousandths
 * over `withPoints` and `withConfidence` entities; `check:<position>:<state>`.
 *
 * @public
 */
export type RollupCounts = Readonly<Record<string, number>>;

/**
 * The stored result of one entity, as a roll-up reads it.
 * @public
 */
export interface RollupResult extends Score {
  readonly results: string;
}

const TEN_THOUSANDTHS = 10_000;

/**
 * What one entity adds to every roll-up that it is in.
 * @public
 */
export function contributionOf(result: RollupResult): RollupCounts {
  const { level, points, confidence, results } = result;
  const counts: Record<string, number> = { entities: 1 };
  counts[level === undefined ? 'unrated' : `level:${level}`] = 1;
  if (points !== undefined) {
    counts.withPoints = 1;
    counts.points = Math.round(points * TEN_THOUSANDTHS);
  }
  if (confidence !== undefined) {
    counts.withConfidence = 1;
    counts.confidence = Math.round(confidence * TEN_THOUSANDTHS);
  }
  unpackResults(results).forEach(({ state }, index) => {
    counts[`check:${index}:${state}`] = 1;
  });
  return withoutZeros(counts);
}

function withoutZeros(counts: Record<string, number>): RollupCounts {
  return Object.fromEntries(
    Object.entries(counts).filter(([, count]) => count !== 0),
  );
}

/**
 * Adds counts: folds deltas into a roll-up, or the roll-ups of parts into that of the whole.
 * @public
 */
export function addCounts(...parts: readonly RollupCounts[]): RollupCounts {
  const sum: Record<string, number> = {};
  for (const part of parts) {
    for (const [counted, count] of Object.entries(part)) {
      sum[counted] = (sum[counted] ?? 0) + count;
    }
  }
  return withoutZeros(sum);
}

/**
 * What changes in a roll-up when the result of one entity in it does; `undefined` stands for not being in it, so that an
 * entity that moves is a delta without a result after in one place and without one before in the other.
 *
 * @public
 */
export function deltaOf(
  before: RollupResult | undefined,
  after: RollupResult | undefined,
): RollupCounts {
  const added = after ? contributionOf(after) : {};
  const removed = before ? contributionOf(before) : {};
  return addCounts(
    added,
    Object.fromEntries(
      Object.entries(removed).map(([counted, count]) => [counted, -count]),
    ),
  );
}

function mean(sum = 0, entities = 0): number | undefined {
  return entities > 0 ? sum / entities / TEN_THOUSANDTHS : undefined;
}

/**
 * Mean share of the points over the entities that have any, 0 to 1; absent where none has.
 * @public
 */
export function meanPoints(counts: RollupCounts): number | undefined {
  return mean(counts.points, counts.withPoints);
}

/**
 * Mean share of what is known over the entities of which anything counts, 0 to 1; absent where there is none.
 * @public
 */
export function meanConfidence(counts: RollupCounts): number | undefined {
  return mean(counts.confidence, counts.withConfidence);
}
