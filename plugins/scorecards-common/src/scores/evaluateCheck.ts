import { DateTime, Duration } from 'luxon';
import type { CompiledRule, RuleOutcome } from '../rules/CompiledRule';
import type { RuleScope } from '../rules/compile/RuleScope';
import { Unknown } from '../rules/values/Unknown';
import type { ScorecardCheck } from '../scorecard';
import type { CheckResult, UnderlyingState } from './checkResult';
import type { ScoredCheck } from './score';

/**
 * A check whose rules are compiled.
 * @public
 */
export interface CompiledCheck extends ScoredCheck {
  readonly definition: ScorecardCheck;
  readonly rule: CompiledRule;
  readonly when: CompiledRule | undefined;
  readonly warn: CompiledRule | undefined;
  /** Parameters of the template that fixes it. */
  readonly fixWith: Readonly<Record<string, CompiledRule>>;
  /** First instant at which the check counts, in ms since 1970; `-Infinity` where it always does. */
  readonly effectiveFrom: number;
}

/**
 * What a check last said before it could not be known any more.
 * @public
 */
export interface Hold {
  readonly state: 'pass' | 'warn' | 'fail' | 'notApplicable';
  /** First instant at which it was not known, in ms since 1970; absent while it is known. */
  readonly since?: number;
}

/**
 * What a check depends on besides the facts.
 * @public
 */
export interface CheckHistory {
  /** The last known state; absent where the check was never known. */
  readonly hold?: Hold;
  /** First instant after the exemption that is in force, in ms since 1970. */
  readonly exemptUntil?: number;
}

/**
 * The result of a check, and what the next evaluation must know of it.
 * @public
 */
export interface CheckEvaluation {
  readonly result: CheckResult;
  readonly hold: Hold | undefined;
  /** First instant at which the result may differ without a new fact, in ms since 1970. */
  readonly nextChangeAt: number;
}

/** The last known state after this evaluation. */
function heldAfter(
  state: UnderlyingState,
  hold: Hold | undefined,
  now: number,
): Hold | undefined {
  if (state !== 'unknown') return { state };
  return hold && { state: hold.state, since: hold.since ?? now };
}

/** What the rules of a check say together. */
function stateOf(
  check: CompiledCheck,
  test: (rule: CompiledRule) => RuleOutcome,
): UnderlyingState {
  const applies = check.when ? test(check.when) : true;
  if (applies === false) return 'notApplicable';
  if (applies instanceof Unknown) return 'unknown';
  const outcome = test(check.rule);
  if (outcome instanceof Unknown) return 'unknown';
  if (!outcome) return 'fail';
  // A warning that cannot be known is none: neither points nor level depend on it.
  return check.warn && test(check.warn) === true ? 'warn' : 'pass';
}

function holdEnd(check: CompiledCheck, since: number): number {
  return DateTime.fromMillis(since, { zone: 'utc' })
    .plus(Duration.fromISO(check.definition.holdFor))
    .toMillis();
}

function unknownResult(
  check: CompiledCheck,
  hold: Hold | undefined,
  now: number,
): { result: CheckResult; until: number } {
  const { onUnknown } = check.definition;
  if (onUnknown !== 'hold') {
    return {
      result: { state: 'unknown', underlying: onUnknown },
      until: Infinity,
    };
  }
  const until =
    hold?.since === undefined ? -Infinity : holdEnd(check, hold.since);
  return hold && now < until
    ? {
        result: { state: 'unknown', underlying: hold.state, held: true },
        until,
      }
    : { result: { state: 'unknown' }, until: Infinity };
}

/**
 * Evaluates one check. Pure: what it said before comes in as `history`, and goes out as `hold`.
 *
 * @param scope - entered for the entity
 * @public
 */
export function evaluateCheck(
  check: CompiledCheck,
  scope: RuleScope,
  history: CheckHistory = {},
): CheckEvaluation {
  const { now } = scope;
  let nextChangeAt = Infinity;
  const test = (rule: CompiledRule) => {
    const outcome = rule.test(scope);
    nextChangeAt = Math.min(nextChangeAt, scope.nextChangeAt);
    return outcome;
  };
  const state = stateOf(check, test);
  const hold = heldAfter(state, history.hold, now);
  const until = (instant: number) => Math.min(nextChangeAt, instant);
  if (now < check.effectiveFrom) {
    return {
      result:
        state === 'notApplicable'
          ? { state }
          : { state: 'upcoming', underlying: state },
      hold,
      nextChangeAt: until(check.effectiveFrom),
    };
  }
  const { exemptUntil = -Infinity } = history;
  if (now < exemptUntil && state !== 'notApplicable') {
    return {
      result: { state: 'exempt', underlying: state },
      hold,
      nextChangeAt: until(exemptUntil),
    };
  }
  if (state !== 'unknown') return { result: { state }, hold, nextChangeAt };
  const unknown = unknownResult(check, hold, now);
  return { result: unknown.result, hold, nextChangeAt: until(unknown.until) };
}
