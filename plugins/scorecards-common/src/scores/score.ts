import type { CheckResult, UnderlyingState } from './checkResult';

/**
 * What the score needs to know of a check.
 * @public
 */
export interface ScoredCheck {
  /** Position of its level among those of the scorecard, from 0 for the lowest. */
  readonly level: number;
  readonly weight: number;
}

/**
 * How well an entity meets a scorecard.
 * @public
 */
export interface Score {
  /**
   * Position of the level that was earned, from 0 for the lowest; -1 where none was. Absent where nothing is known, which
   * is shown as "not rated".
   */
  readonly level?: number;
  /** Share of the points, 0 to 1 in ten-thousandths; absent where no check counts. */
  readonly points?: number;
  /** Share of what counts that is known, 0 to 1 in ten-thousandths; absent where no check counts. */
  readonly confidence?: number;
}

// Stored scores are compared to see whether anything changed, so they must not differ by an error of floating point.
function share(part: number, whole: number): number | undefined {
  return whole > 0 ? Math.round((part / whole) * 10_000) / 10_000 : undefined;
}

/** What a result counts as for its level; `undefined` where it does not count. */
function countsAs({
  state,
  underlying,
}: CheckResult): 'met' | 'missed' | undefined {
  switch (state) {
    case 'pass':
    case 'warn':
      return 'met';
    case 'fail':
      return 'missed';
    case 'unknown':
      if (underlying === 'notApplicable') return undefined;
      return underlying === 'pass' || underlying === 'warn' ? 'met' : 'missed';
    default:
      return undefined;
  }
}

const KNOWN: ReadonlySet<string | undefined> = new Set<UnderlyingState>([
  'pass',
  'warn',
  'fail',
]);

/** Whether anything is known of a check that counts, now or as it was last. */
function isRated({ state, underlying, held }: CheckResult): boolean {
  return KNOWN.has(state) || (held === true && KNOWN.has(underlying));
}

/**
 * The highest level such that every counting check of it and of all lower ones is met. A level without a counting check
 * is inherited, never earned. A failing gate needs no rule of its own: no check of a level may fail below it.
 */
function levelOf(
  checks: readonly ScoredCheck[],
  results: readonly CheckResult[],
): number | undefined {
  if (!results.some(isRated)) return undefined;
  const earned = new Set<number>();
  let missed = Infinity;
  results.forEach((result, index) => {
    const { level } = checks[index];
    const counted = countsAs(result);
    if (counted !== undefined) earned.add(level);
    if (counted === 'missed') missed = Math.min(missed, level);
  });
  return Math.max(-1, ...[...earned].filter(level => level < missed));
}

/**
 * Level, points and confidence of an entity.
 *
 * @remarks
 * Points = Σ weight(pass, warn) / Σ weight(pass, warn, fail, unknown that counts). What is held is in neither sum, what
 * `onUnknown` makes pass or fail is. Exempt, not applicable and upcoming checks are in no sum and block nothing.
 * Confidence = known weight / counting weight.
 *
 * @param results - one for each check, in the same order
 * @public
 */
export function scoreOf(
  checks: readonly ScoredCheck[],
  results: readonly CheckResult[],
): Score {
  let [met, judged, known, counting] = [0, 0, 0, 0];
  results.forEach((result, index) => {
    const { weight } = checks[index];
    const { state, held } = result;
    const counted = countsAs(result);
    if (counted === undefined && state !== 'unknown') return;
    counting += weight;
    if (state !== 'unknown') known += weight;
    if (held) return;
    judged += weight;
    if (counted === 'met') met += weight;
  });
  return {
    level: levelOf(checks, results),
    points: share(met, judged),
    confidence: share(known, counting),
  };
}
