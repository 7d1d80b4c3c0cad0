import type { SyntaxNode } from '../syntax';
import { ruleError, Unknown } from '../values/Unknown';
import { CelValue, KnownValue, typeName } from '../values/values';
import type { RuleScope } from './RuleScope';

/** A compiled node. */
export type Evaluate = (scope: RuleScope) => CelValue;

/** A variable of a macro. */
export interface Local {
  readonly slot: number;
  /** Whether its values come from a JSON document, and are no values of CEL's own classes. */
  readonly json: boolean;
}

/** What a function or macro cannot be compiled for: refused on adoption, an error of evaluation elsewhere. */
export interface CompileProblem {
  readonly node: SyntaxNode;
  readonly reason: string;
}

/** What the parts of the compiler share while they compile one expression. */
export interface Compilation {
  /** The expression that is compiled. */
  readonly source: string;
  /** Whether sub-expressions are recorded; shortcuts across them are then left out. */
  readonly proving: boolean;
  /** Names of variables besides `entity` and `facts`, possibly with dots. */
  readonly variables: ReadonlySet<string>;
  /** The variables of the macros around the node. */
  readonly locals: ReadonlyMap<string, Local>;
  /** Compiles a node whose value is used as it is. */
  compile(node: SyntaxNode): Evaluate;
  /**
   * Compiles a node whose value is only compared. Numbers of all types compare by value, so an `int` may come as a
   * JavaScript number, which spares a bigint.
   */
  compileComparable(node: SyntaxNode): Evaluate;
  /** Compiles below a new variable. */
  withLocal<T>(name: string, json: boolean, body: (slot: number) => T): T;
  /** Notes a problem and gives the closure of its error. */
  refuse(node: SyntaxNode, reason: string): Evaluate;
}

const constants = new WeakMap<Evaluate, CelValue>();

/** A closure that always gives one value. */
export function constant(value: CelValue): Evaluate {
  const evaluate = () => value;
  constants.set(evaluate, value);
  return evaluate;
}

/** The value of a closure that always gives one; `undefined` for any other. */
export function constantOf(evaluate: Evaluate): CelValue | undefined {
  return constants.get(evaluate);
}

/** Says that a value is not a truth value where one is needed. */
export function notBool(value: KnownValue, operator: string): Unknown {
  return ruleError(
    `no such overload: ${operator} needs true or false, not ${typeName(value)}`,
  );
}

/** The error of an evaluation that does too much. */
export const TOO_MUCH_WORK = ruleError('the rule does more work than allowed');
