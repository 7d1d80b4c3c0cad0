import { Duration } from 'luxon';
import type { CheckScore, EntityScore, ScorecardSummary } from '../api';

/**
 * The definition in force, as far as the ladder needs it.
 * @public
 */
export type LadderSpec = NonNullable<ScorecardSummary['spec']>;

/**
 * A level of a scorecard, as one entity stands to it.
 * @public
 */
export interface LadderRung {
  id: string;
  title: string;
  description?: string;
  /** `earned`: reached, or below what is reached. `next`: what the entity can reach next. */
  state: 'earned' | 'next' | 'open';
  checks: CheckScore[];
  /** Those of `checks` that keep the entity from this level. */
  missing: CheckScore[];
}

/**
 * A check that keeps an entity from its next level.
 * @public
 */
export interface LadderStep {
  check: CheckScore;
  /** ISO 8601, where the scorecard says it. */
  effort?: string;
}

/**
 * What an entity has to do for its next level.
 * @public
 */
export interface LadderPath {
  /** The level that is reached when each step is done. */
  target: { id: string; title: string };
  /** The cheapest first; those of unknown effort last. */
  steps: LadderStep[];
  /** Sum of the efforts that are known. */
  effortMillis: number;
  /** How many steps do not say their effort. */
  unestimated: number;
}

/**
 * Whether a check keeps its entity from the level that the check counts for.
 * @public
 */
export function isMissing({ state, underlying }: CheckScore): boolean {
  return (
    state === 'fail' ||
    (state === 'unknown' && (underlying === undefined || underlying === 'fail'))
  );
}

/**
 * How many checks of a scorecard somebody has excused: the debt that stands beside the score.
 * @public
 */
export function debtOf(score: Pick<EntityScore, 'checks'>): number {
  return score.checks.filter(({ state }) => state === 'exempt').length;
}

/**
 * An ISO 8601 duration in milliseconds.
 * @public
 */
export function effortMillis(effort: string | undefined): number | undefined {
  if (effort === undefined) return undefined;
  const duration = Duration.fromISO(effort);
  return duration.isValid ? duration.toMillis() : undefined;
}

/**
 * The levels that a score speaks of, from the lowest to the highest.
 *
 * @remarks
 * A score of the past may name levels that the definition of today does not have: they follow in the order in which the
 * checks name them.
 */
function levelsOf(
  score: EntityScore,
  spec: LadderSpec | null | undefined,
): { id: string; title: string; description?: string }[] {
  const known: { id: string; title: string; description?: string }[] = [
    ...(spec?.levels ?? []),
  ];
  const others = [
    ...(score.level ? [score.level] : []),
    ...score.checks.map(({ level }) => level),
  ];
  for (const id of others) {
    if (!known.some(level => level.id === id)) {
      const title =
        id === score.level && score.levelTitle ? score.levelTitle : id;
      known.push({ id, title });
    }
  }
  return known;
}

/**
 * The ladder of a scorecard with the place of one entity on it, from the lowest level to the highest.
 * @public
 */
export function ladderOf(
  score: EntityScore,
  spec: LadderSpec | null | undefined,
): LadderRung[] {
  const levels = levelsOf(score, spec);
  const earned = levels.findIndex(({ id }) => id === score.level);
  const target = targetOf(score, levels, earned);
  return levels.map((level, index) => {
    const checks = score.checks.filter(check => check.level === level.id);
    let state: LadderRung['state'] = 'open';
    if (index <= earned) state = 'earned';
    else if (index === target) state = 'next';
    return { ...level, state, checks, missing: checks.filter(isMissing) };
  });
}

/** The lowest level above the earned one that has something missing. */
function targetOf(
  score: EntityScore,
  levels: { id: string }[],
  earned: number,
): number {
  return levels.findIndex(
    ({ id }, index) =>
      index > earned &&
      score.checks.some(check => check.level === id && isMissing(check)),
  );
}

/**
 * The cheapest way to the next level; undefined where nothing is missing on any level.
 * @public
 */
export function pathOf(
  score: EntityScore,
  spec: LadderSpec | null | undefined,
): LadderPath | undefined {
  const rung = ladderOf(score, spec).find(({ state }) => state === 'next');
  if (!rung) return undefined;
  const steps = rung.missing
    .map(check => ({
      check,
      effort: spec?.checks.find(({ id }) => id === check.id)?.fix?.effort,
    }))
    .sort(
      (a, b) =>
        (effortMillis(a.effort) ?? Infinity) -
          (effortMillis(b.effort) ?? Infinity) ||
        b.check.weight - a.check.weight ||
        a.check.title.localeCompare(b.check.title),
    );
  const efforts = steps.map(({ effort }) => effortMillis(effort));
  return {
    target: { id: rung.id, title: rung.title },
    steps,
    effortMillis: efforts.reduce<number>(
      (sum, effort) => sum + (effort ?? 0),
      0,
    ),
    unestimated: efforts.filter(effort => effort === undefined).length,
  };
}
