import {
  CHECK_RESULTS,
  packResults,
  type CheckHistory,
  type CheckResult,
  type Hold,
  type ScorecardHistory,
} from '@waymark/scorecards-common';

type Holds = Readonly<Record<string, Hold>>;

/** The last known state that a result says by itself. */
function impliedBy(result: CheckResult): Hold | undefined {
  if (result.state === 'unknown') return undefined;
  const state =
    result.state === 'exempt' || result.state === 'upcoming'
      ? result.underlying
      : result.state;
  return state === undefined || state === 'unknown' ? undefined : { state };
}

const NOTHING: CheckHistory = {};
// By the character that stands for a result. Shared, so that reading a history allocates next to nothing.
const implied: ReadonlyMap<string, CheckHistory> = new Map(
  CHECK_RESULTS.map(result => {
    const hold = impliedBy(result);
    return [packResults([result]), hold ? { hold } : NOTHING];
  }),
);

/**
 * The part of the holds that the results do not say: of checks that are not known.
 *
 * @param checks - ids in the order of the results
 * @returns undefined where there is none, as nearly always
 */
export function unsaidHolds(
  checks: readonly string[],
  results: string,
  holds: Holds,
): Holds | undefined {
  let unsaid: Record<string, Hold> | undefined;
  for (let index = 0; index < results.length; index += 1) {
    const id = checks[index];
    if (implied.get(results[index]) === NOTHING && Object.hasOwn(holds, id)) {
      unsaid ??= {};
      unsaid[id] = holds[id];
    }
  }
  return unsaid;
}

/**
 * What the evaluation of a scorecard must know of the one before it.
 *
 * @param checks - ids in the order of the results
 * @param unsaid - what {@link unsaidHolds} said then
 */
export function historyOf(
  checks: readonly string[],
  results: string,
  unsaid: Holds | undefined,
): ScorecardHistory {
  const history: Record<string, CheckHistory> = {};
  for (let index = 0; index < results.length; index += 1) {
    const id = checks[index];
    history[id] =
      unsaid && Object.hasOwn(unsaid, id)
        ? { hold: unsaid[id] }
        : implied.get(results[index])!;
  }
  return history;
}

/** A history with the exemptions in force added to it. */
export function withExemptions(
  history: ScorecardHistory | undefined,
  exempt: ReadonlyMap<string, number> | undefined,
): ScorecardHistory | undefined {
  if (!exempt) return history;
  const added: Record<string, CheckHistory> = { ...history };
  // What the history says of one check may be shared with all others.
  for (const [id, exemptUntil] of exempt) {
    added[id] = { ...added[id], exemptUntil };
  }
  return added;
}
