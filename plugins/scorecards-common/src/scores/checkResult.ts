/**
 * What a check says of an entity.
 * @public
 */
export type CheckState =
  | 'pass'
  | 'warn'
  | 'fail'
  | 'unknown'
  | 'notApplicable'
  | 'exempt'
  | 'upcoming';

/**
 * What stands behind a state.
 *
 * @remarks
 * Of `unknown`: what the check counts as; absent where it blocks its level. Of `exempt` and `upcoming`: what the check
 * would say otherwise.
 *
 * @public
 */
export type UnderlyingState =
  | 'pass'
  | 'warn'
  | 'fail'
  | 'unknown'
  | 'notApplicable';

/**
 * The result of one check for one entity.
 * @public
 */
export interface CheckResult {
  readonly state: CheckState;
  readonly underlying?: UnderlyingState;
  /** Of `unknown`: the underlying state is the last known one, which `onUnknown: hold` keeps for a while. */
  readonly held?: boolean;
}

// The order is the format of what is stored: results may be added at the end, never moved or removed.
const RESULTS: readonly CheckResult[] = [
  { state: 'pass' },
  { state: 'warn' },
  { state: 'fail' },
  { state: 'unknown' },
  { state: 'notApplicable' },
  { state: 'unknown', underlying: 'pass', held: true },
  { state: 'unknown', underlying: 'warn', held: true },
  { state: 'unknown', underlying: 'fail', held: true },
  { state: 'unknown', underlying: 'notApplicable', held: true },
  { state: 'unknown', underlying: 'pass' },
  { state: 'unknown', underlying: 'fail' },
  { state: 'exempt', underlying: 'pass' },
  { state: 'exempt', underlying: 'warn' },
  { state: 'exempt', underlying: 'fail' },
  { state: 'exempt', underlying: 'unknown' },
  { state: 'upcoming', underlying: 'pass' },
  { state: 'upcoming', underlying: 'warn' },
  { state: 'upcoming', underlying: 'fail' },
  { state: 'upcoming', underlying: 'unknown' },
];
const RADIX = 36;

const key = ({ state, underlying, held }: CheckResult) =>
  `${state} ${underlying} ${held === true}`;
const codes = new Map(
  RESULTS.map((result, index) => [key(result), index.toString(RADIX)]),
);
const results = new Map(
  RESULTS.map((result, index) => [index.toString(RADIX), result]),
);

/** Every result that a check can have. @public */
export const CHECK_RESULTS = RESULTS;

/**
 * Packs the results of all checks of a scorecard, in its order, into a text of one character each, which both databases
 * can search by position.
 *
 * @public
 */
export function packResults(list: readonly CheckResult[]): string {
  return list
    .map(result => {
      const code = codes.get(key(result));
      if (code === undefined) {
        throw new RangeError(`No result of a check: ${key(result)}`);
      }
      return code;
    })
    .join('');
}

/**
 * The results that were packed; always the same objects, so that nothing is allocated for one.
 *
 * @throws RangeError for a text that was not packed by {@link packResults}
 * @public
 */
export function unpackResults(packed: string): CheckResult[] {
  return Array.from(packed, resultOf);
}

function resultOf(code: string): CheckResult {
  const result = results.get(code);
  if (!result) throw new RangeError(`"${code}" is no result of a check`);
  return result;
}

/**
 * The characters that stand for a state in packed results, to search for.
 * @public
 */
export function packedCodesOf(state: CheckState): string[] {
  return [...results]
    .filter(([, result]) => result.state === state)
    .map(([code]) => code);
}
