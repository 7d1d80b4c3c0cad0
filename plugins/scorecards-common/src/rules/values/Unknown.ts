/**
 * Why a value is not known. The first four come with the facts; `ruleError` is what CEL calls an error.
 * @public
 */
export type UnknownReason =
  | 'missing'
  | 'stale'
  | 'collectorError'
  | 'noAccess'
  | 'ruleError';

/**
 * The third truth value, and the outcome of every sub-expression that depends on something not known.
 *
 * @remarks
 * A value, not an exception: it travels through the closures as the CEL specification lets errors and unknowns travel
 * (langdef, "Logical Operators", "Partial State"), and costs nothing where it does not occur.
 *
 * @public
 */
export class Unknown {
  readonly reason: UnknownReason;
  /** In words: the missing source, the absent field, the failed conversion. */
  readonly detail: string;
  /** The fact source that is not known; absent for an error of the rule itself. */
  readonly source: string | undefined;

  static create(
    reason: UnknownReason,
    detail: string,
    source?: string,
  ): Unknown {
    return new Unknown(reason, detail, source);
  }

  private constructor(
    reason: UnknownReason,
    detail: string,
    source: string | undefined,
  ) {
    this.reason = reason;
    this.detail = detail;
    this.source = source;
  }
}

/** An error of evaluation in the sense of the CEL specification. */
export function ruleError(detail: string): Unknown {
  return Unknown.create('ruleError', detail);
}

/**
 * Of two unknowns the one to report: what is not known yet before what the rule got wrong, as the CEL specification
 * prefers unknowns to errors; otherwise the left one, so that the outcome does not depend on the order of evaluation.
 */
export function eitherUnknown(left: Unknown, right: Unknown): Unknown {
  return left.reason === 'ruleError' && right.reason !== 'ruleError'
    ? right
    : left;
}
