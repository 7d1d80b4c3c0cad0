import type { Facts } from '../facts';
import type { Recorder } from '../proof/Recorder';
import type { CelValue } from '../values/values';

/**
 * What a rule is evaluated over.
 * @public
 */
export interface RuleInput {
  /** The entity as the catalog writes it. */
  entity: object;
  facts: Facts;
  /** The instant of the evaluation, in ms since 1970. */
  now: number;
}

const DEFAULT_MAX_WORK = 100_000;
const NO_FACTS: Facts = {};

/**
 * The state of one evaluation. Reused from rule to rule and from entity to entity, so that evaluating allocates next to
 * nothing; not shared between evaluations that run at the same time.
 *
 * @public
 */
export class RuleScope {
  entity: object = {};
  facts: Facts = NO_FACTS;
  now = 0;
  /** Further variables; rules have none, the conformance tests do. @internal */
  variables: Readonly<Record<string, CelValue>> = {};
  /** First instant at which the outcome may differ without a new fact, in ms since 1970. */
  nextChangeAt = Infinity;
  /** Steps of loops, characters and items that were touched. @internal */
  work = 0;
  /** @internal */
  readonly locals: CelValue[] = [];
  /** @internal */
  recorder: Recorder | undefined;
  readonly maxWork: number;

  /** @param options - `maxWork` bounds the steps of one evaluation */
  static create(options: { maxWork?: number } = {}): RuleScope {
    return new RuleScope(options.maxWork ?? DEFAULT_MAX_WORK);
  }

  private constructor(maxWork: number) {
    this.maxWork = maxWork;
  }

  /** Sets what the next evaluations are over. */
  enter(input: RuleInput): void {
    this.entity = input.entity;
    this.facts = input.facts;
    this.now = input.now;
  }

  /** Says that the outcome may change at an instant. @internal */
  changesAt(instant: number): void {
    if (instant < this.nextChangeAt) this.nextChangeAt = instant;
  }

  /** Counts steps of work; `false` when there were too many. @internal */
  spend(steps: number): boolean {
    this.work += steps;
    return this.work <= this.maxWork;
  }
}
