import leven from 'leven';

/** Nobody mistypes a longer word, and comparing takes time for each letter. */
const LONGEST = 200;

/**
 * The candidate that a mistyped word most likely meant, or `undefined` when none is near enough to be worth naming
 * (more than a third of the word, and more than two letters, would have to change).
 * @public
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
): string | undefined {
  if (word.length > LONGEST) return undefined;
  const lowerCase = word.toLowerCase();
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    // A prefix is how people abbreviate: "lvl" is found by distance, "desc" by this.
    const distance = candidate.toLowerCase().startsWith(lowerCase)
      ? 1
      : leven(lowerCase, candidate.toLowerCase());
    if (!best || distance < best.distance) {
      best = { candidate, distance };
    }
  }
  const limit = Math.max(2, Math.floor(word.length / 3));
  return best && best.distance <= limit ? best.candidate : undefined;
}

/**
 * `, did you mean x?` when there is a near candidate, else nothing.
 * @public
 */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const candidate = nearest(word, candidates);
  return candidate === undefined ? '' : `, did you mean "${candidate}"?`;
}
