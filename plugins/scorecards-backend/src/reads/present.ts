import {
  Cause,
  CheckScore,
  EntityScore,
  ExemptionDebt,
  HistoryEntry,
  Hold,
  RollupRow,
  ScorecardSpec,
  unpackResults,
} from '@waymark/scorecards-common';
import { Tally } from '../rollups/Tally';

const TEN_THOUSANDTHS = 10_000;

const iso = (millis: number) => new Date(millis).toISOString();

/** The definition by which a result is shown. */
export interface ShownDefinition {
  name: string;
  title: string;
  hash: string;
  spec: ScorecardSpec;
}

/** A stored result, as it is shown. */
export interface ShownResult {
  /** Packed. */
  results: string;
  /** Position; -1 for none, undefined where nothing is known. */
  level?: number;
  /** Ten-thousandths. */
  points?: number;
  /** Ten-thousandths. */
  confidence?: number;
  cause: Cause;
  detail?: string;
  /** By id of the check. */
  holds: Readonly<Record<string, Hold>>;
  validFrom: Date;
}

/** First instants at which exempted checks count again, by their ids. */
export type ExemptUntil = ReadonlyMap<string, number>;

/** The checks of a result, in the order of the definition. */
export function presentChecks(
  { results, holds }: Pick<ShownResult, 'results' | 'holds'>,
  { checks }: ScorecardSpec,
  exempt?: ExemptUntil,
): CheckScore[] {
  return unpackResults(results).map(({ state, underlying, held }, index) => {
    const { id, title, level, weight, gate, effectiveFrom } = checks[index];
    const since = Object.hasOwn(holds, id) ? holds[id].since : undefined;
    const until = state === 'exempt' ? exempt?.get(id) : undefined;
    return {
      id,
      title,
      level,
      weight,
      gate,
      state,
      ...(underlying && { underlying }),
      ...(held && { held }),
      ...(held && since !== undefined && { heldSince: iso(since) }),
      ...(state === 'upcoming' && effectiveFrom && { effectiveFrom }),
      ...(until !== undefined && { exemptUntil: iso(until) }),
    };
  });
}

const share = (stored: number | undefined) =>
  stored === undefined ? null : stored / TEN_THOUSANDTHS;

/** Level, points and confidence in the words of the definition. */
export function presentSummary(
  result: Omit<ShownResult, 'results' | 'holds'>,
  { name, title, hash, spec }: ShownDefinition,
): Omit<EntityScore, 'checks'> {
  const { level, points, confidence, cause, detail, validFrom } = result;
  const earned =
    level === undefined || level < 0 ? undefined : spec.levels[level];
  return {
    scorecard: name,
    title,
    rated: level !== undefined,
    level: earned?.id ?? null,
    levelTitle: earned?.title ?? null,
    rank: level ?? null,
    points: share(points),
    confidence: share(confidence),
    since: validFrom.toISOString(),
    cause,
    ...(detail !== undefined && { causeDetail: detail }),
    definition: hash,
  };
}

/** A result with all its checks, and what is owed by it. */
export function presentScore(
  result: ShownResult,
  definition: ShownDefinition,
  exempt?: ExemptUntil,
): EntityScore {
  const checks = presentChecks(result, definition.spec, exempt);
  const debt = debtOf(checks);
  return {
    ...presentSummary(result, definition),
    ...(debt && { debt }),
    checks,
  };
}

/** What is excused by the result: an exemption of a check that is not applicable, say, is no debt. */
function debtOf(checks: readonly CheckScore[]): ExemptionDebt | undefined {
  const exempt = checks.filter(({ state }) => state === 'exempt');
  const [nextExpiry] = exempt
    .flatMap(({ exemptUntil }) => exemptUntil ?? [])
    .sort();
  return nextExpiry === undefined
    ? undefined
    : { active: exempt.length, nextExpiry };
}

/** The results of a check before and after, by its id, because positions change with the definition. */
export function changesBetween(
  before: { results: string; spec: ScorecardSpec } | undefined,
  after: { results: string; spec: ScorecardSpec } | undefined,
): HistoryEntry['changes'] {
  const statesOf = (side: typeof before) =>
    new Map(
      side
        ? unpackResults(side.results).map(({ state }, index) => [
            side.spec.checks[index].id,
            state,
          ])
        : [],
    );
  const [from, to] = [statesOf(before), statesOf(after)];
  return [...new Set([...to.keys(), ...from.keys()])]
    .filter(check => from.get(check) !== to.get(check))
    .map(check => ({
      check,
      from: from.get(check) ?? null,
      to: to.get(check) ?? null,
    }));
}

/** Counts of one roll-up, in the words of the definition. */
export function presentRollup(
  key: string | null,
  tally: Tally,
  { levels, checks }: Pick<ScorecardSpec, 'levels' | 'checks'>,
): RollupRow {
  return {
    key,
    entities: tally.entities,
    unrated: tally.unrated,
    levels: [
      ...levels
        .map(({ id }, index) => ({
          level: id,
          entities: tally.entitiesAt(index),
        }))
        .reverse(),
      { level: null, entities: tally.entitiesAt(-1) },
    ],
    points: tally.meanPoints ?? null,
    confidence: tally.meanConfidence ?? null,
    checks: checks.map(({ id }, index) => ({
      id,
      states: tally.statesOf(index),
    })),
  };
}
