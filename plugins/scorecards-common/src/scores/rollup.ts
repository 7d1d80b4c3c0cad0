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

const TEN_THOUSANDTHS = 10_000;

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
