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

/** By state, then by what stands behind it: without a text of its own for each lookup, of which there are millions. */
type Codes = Map<
  CheckState,
  Map<UnderlyingState | undefined, { held?: string; other?: string }>
>;
const codes: Codes = new Map();
const results: (CheckResult | undefined)[] = [];
RESULTS.forEach((result, index) => {
  const { state, underlying, held } = result;
  const code = index.toString(RADIX);
  results[code.charCodeAt(0)] = result;
  const ofState = codes.get(state) ?? new Map();
  codes.set(state, ofState);
  const ofUnderlying = ofState.get(underlying) ?? {};
  ofState.set(underlying, ofUnderlying);
  ofUnderlying[held ? 'held' : 'other'] = code;
});

function codeOf({ state, underlying, held }: CheckResult): string {
  const found = codes.get(state)?.get(underlying);
  const code = held ? found?.held : found?.other;
  if (code === undefined) {
    throw new RangeError(
      `No result of a check: ${state} ${underlying} ${held === true}`,
    );
  }
  return code;
}

/** Every result that a check can have. @public */
export const CHECK_RESULTS = RESULTS;

/**
 * Packs the results of all checks of a scorecard, in its order, into a text of one character each, which both databases
 * can search by position.
 *
 * @public
 */
export function packResults(list: readonly CheckResult[]): string {
  let packed = '';
  for (const result of list) packed += codeOf(result);
  return packed;
}

/**
 * The results that were packed; always the same objects, so that nothing is allocated for one.
 *
 * @throws RangeError for a text that was not packed by {@link packResults}
 * @public
 */
export function unpackResults(packed: string): CheckResult[] {
  const unpacked = new Array<CheckResult>(packed.length);
  for (let index = 0; index < packed.length; index += 1) {
    const result = results[packed.charCodeAt(index)];
    if (!result) {
      throw new RangeError(`"${packed[index]}" is no result of a check`);
    }
    unpacked[index] = result;
  }
  return unpacked;
}

/**
 * The characters that stand for a state in packed results, to search for.
 * @public
 */
export function packedCodesOf(state: CheckState): string[] {
  return RESULTS.flatMap((result, index) =>
    result.state === state ? index.toString(RADIX) : [],
  );
}
