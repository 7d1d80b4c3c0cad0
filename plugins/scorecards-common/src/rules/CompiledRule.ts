import type { JsonValue } from '@backstage/types';
import { Evaluate, notBool } from './compile/Compilation';
import {
  compileExpression,
  type CompileOptions,
} from './compile/compileExpression';
import { RuleScope, type RuleInput } from './compile/RuleScope';
import { compileForProof, Proof, prove } from './proof/prove';
import { jsonOf } from './proof/proofValue';
import { SyntaxNode, walk } from './syntax';
import { Unknown } from './values/Unknown';
import type { CelValue } from './values/values';

/**
 * What a rule says: true, false, or not known.
 * @public
 */
export type RuleOutcome = boolean | Unknown;

/**
 * The outcome of a rule, and how long it lasts.
 * @public
 */
export interface RuleResult {
  outcome: RuleOutcome;
  /** First instant at which the outcome may differ without a new fact, in ms since 1970; `Infinity` where there is none. */
  nextChangeAt: number;
}

/** How an expression is compiled, and whether it is a rule or may have any value. */
export interface CompiledRuleOptions extends CompileOptions {
  result: 'bool' | 'any';
}

/** The outcome of a rule; types that are known only at run time may turn out to be no truth value. */
function truthOf(value: CelValue): RuleOutcome {
  return value === true || value === false || value instanceof Unknown
    ? value
    : notBool(value, 'a rule');
}

/**
 * An expression compiled to closures. Pure: the same entity, facts and instant always give the same.
 *
 * @remarks
 * Three-valued (Kleene's strong logic K3): a known outcome is the one of every completion of what is not known.
 *
 * @public
 */
export class CompiledRule {
  /** The expression. */
  readonly expression: string;
  /** Ids of the fact sources that the rule reads, sorted. */
  readonly sources: readonly string[];
  readonly #node: SyntaxNode;
  readonly #evaluate: Evaluate;
  readonly #options: CompiledRuleOptions;
  #proving: Evaluate | undefined;

  /** @internal */
  static create(
    expression: string,
    node: SyntaxNode,
    options: CompiledRuleOptions,
  ): CompiledRule {
    return new CompiledRule(expression, node, options);
  }

  private constructor(
    expression: string,
    node: SyntaxNode,
    options: CompiledRuleOptions,
  ) {
    this.#options = options;
    this.expression = expression;
    this.#node = node;
    this.#evaluate = compileExpression(expression, node, options).evaluate;
    this.sources = sourcesOf(node);
  }

  /**
   * The fast path: allocates next to nothing. Afterwards `scope.nextChangeAt` says how long the outcome lasts.
   */
  test(scope: RuleScope): RuleOutcome {
    scope.nextChangeAt = Infinity;
    scope.work = 0;
    return truthOf(this.#evaluate(scope));
  }

  /** Evaluates once, without a scope to reuse. */
  evaluate(input: RuleInput): RuleResult {
    const scope = RuleScope.create();
    scope.enter(input);
    const outcome = this.test(scope);
    return { outcome, nextChangeAt: scope.nextChangeAt };
  }

  /** The value of an expression that is no rule, such as the parameter of a fix, as JSON. */
  value(scope: RuleScope): JsonValue | Unknown {
    scope.nextChangeAt = Infinity;
    scope.work = 0;
    const value = this.#evaluate(scope);
    return value instanceof Unknown ? value : jsonOf(value);
  }

  /**
   * Evaluates again, and tells what every sub-expression gave. The root says the same as {@link CompiledRule.test}.
   */
  prove(input: RuleInput): Proof {
    const scope = RuleScope.create();
    scope.enter(input);
    this.#proving ??= compileForProof(
      this.expression,
      this.#node,
      this.#options,
    );
    return prove(this.#proving, this.expression, scope, value =>
      this.#options.result === 'bool' ? truthOf(value) : value,
    );
  }
}

function sourcesOf(root: SyntaxNode): string[] {
  const sources = new Set<string>();
  walk(root, node => {
    if (node.op !== '.' && node.op !== '.?' && node.op !== '[]') return;
    const [container, key] = node.args;
    if (container.op !== 'id' || container.args !== 'facts') return;
    if (typeof key === 'string') sources.add(key);
    else if (key.op === 'value') sources.add(String(key.args));
  });
  return [...sources].sort();
}
