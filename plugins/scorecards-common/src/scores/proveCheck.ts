import type { JsonValue } from '@backstage/types';
import { RuleScope, type RuleInput } from '../rules/compile/RuleScope';
import type { FactProvenance } from '../rules/facts';
import type { Proof } from '../rules/proof/prove';
import { Unknown } from '../rules/values/Unknown';
import type { CompiledCheck } from './evaluateCheck';

/**
 * Why a check says what it says.
 * @public
 */
export interface CheckProofs {
  readonly rule: Proof;
  readonly when?: Proof;
  readonly warn?: Proof;
  /** Every fact that the expressions read, sorted by source; without provenance where there is none. */
  readonly facts: readonly (FactProvenance & { readonly source: string })[];
  /** Parameters of the template that fixes it, as far as they are known. */
  readonly fixWith: Readonly<Record<string, JsonValue>>;
}

/**
 * Evaluates the expressions of a check again with recording. Pure: a proof of the past is one over the entity, the facts
 * and the instant of then.
 *
 * @public
 */
export function proveCheck(
  check: CompiledCheck,
  input: RuleInput,
): CheckProofs {
  const { rule, when, warn } = check;
  const sources = new Set(
    [rule, when, warn].flatMap(compiled => compiled?.sources ?? []),
  );
  const scope = RuleScope.create();
  scope.enter(input);
  const fixWith: Record<string, JsonValue> = {};
  for (const [name, expression] of Object.entries(check.fixWith)) {
    const value = expression.value(scope);
    if (!(value instanceof Unknown)) fixWith[name] = value;
  }
  return {
    rule: rule.prove(input),
    ...(when && { when: when.prove(input) }),
    ...(warn && { warn: warn.prove(input) }),
    facts: [...sources].sort().map(source => ({
      source,
      ...(Object.hasOwn(input.facts, source)
        ? input.facts[source].provenance
        : {}),
    })),
    fixWith,
  };
}
