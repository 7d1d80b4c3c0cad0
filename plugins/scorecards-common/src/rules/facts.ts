import type { JsonObject } from '@backstage/types';
import { Unknown, UnknownReason } from './values/Unknown';
import type { PlainMap } from './values/values';

/**
 * Where a fact comes from, as a proof shows it.
 * @public
 */
export interface FactProvenance {
  /** ISO 8601. */
  observedAt?: string;
  collector?: string;
  url?: string;
  commit?: string;
}

/**
 * What one source says of one entity: a payload, or why there is none.
 * @public
 */
export interface Fact {
  /** Why the payload is not known; `undefined` where it is. */
  readonly unknown: Unknown | undefined;
  readonly payload: PlainMap | undefined;
  /** First instant at which the payload is stale, in ms since 1970; `Infinity` where it never is. */
  readonly freshUntil: number;
  readonly provenance: FactProvenance;
}

/**
 * The facts of one entity, by id of their source. A source that is not in it is `missing`.
 * @public
 */
export type Facts = Readonly<Record<string, Fact>>;

/**
 * A fact that was observed.
 *
 * @param payload - adheres to the schema of its source
 * @public
 */
export function knownFact(
  payload: JsonObject,
  options: FactProvenance & { freshUntil?: number } = {},
): Fact {
  const { freshUntil = Infinity, ...provenance } = options;
  return {
    unknown: undefined,
    payload: payload as PlainMap,
    freshUntil,
    provenance,
  };
}

/**
 * A fact that is not known.
 *
 * @param detail - in words, such as the error of the collector
 * @public
 */
export function unknownFact(
  source: string,
  reason: Exclude<UnknownReason, 'ruleError'>,
  detail: string,
  provenance: FactProvenance = {},
): Fact {
  return {
    unknown: Unknown.create(reason, detail, source),
    payload: undefined,
    freshUntil: Infinity,
    provenance,
  };
}
