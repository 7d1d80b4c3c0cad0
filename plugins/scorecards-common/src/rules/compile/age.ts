import type { SyntaxNode } from '../syntax';
import { parseInstant } from '../values/instants';
import { ruleError, Unknown } from '../values/Unknown';
import { CelValue, Timestamp } from '../values/values';
import { Compilation, constantOf, Evaluate } from './Compilation';

/** Days are 24 hours: facts carry instants, and a rule must not depend on the time zone of a server. */
export const MS_PER_DAY = 86_400_000;
const NANOS_PER_MS = 1_000_000n;

/** The operators that compare two numbers. */
export type NumberComparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** Milliseconds since 1970 of a timestamp, or of a text of RFC 3339 or a day, as facts hold them. */
export function instantOf(value: CelValue): number | Unknown {
  if (typeof value === 'string') {
    return (
      parseInstant(value) ?? ruleError(`"${value}" is not an instant or a day`)
    );
  }
  if (value instanceof Unknown) return value;
  return value instanceof Timestamp
    ? Number(value.nanos / NANOS_PER_MS)
    : ruleError('an instant must be a timestamp or a text');
}

/** Applies a comparison to two numbers. */
export function holds(
  value: number,
  comparison: NumberComparison,
  bound: number,
): boolean {
  switch (comparison) {
    case '==':
      return value === bound;
    case '!=':
      return value !== bound;
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    default:
      return value >= bound;
  }
}

/** The first whole age after `age` for which the comparison turns out differently; ages only grow. */
function nextTurn(
  age: number,
  comparison: NumberComparison,
  bound: number,
): number {
  const reached = Math.ceil(bound);
  const passed = Math.floor(bound) + 1;
  switch (comparison) {
    case '<':
    case '>=':
      return age < reached ? reached : Infinity;
    case '<=':
    case '>':
      return age < passed ? passed : Infinity;
    default:
      if (!Number.isInteger(bound) || age > bound) return Infinity;
      return age < bound ? bound : passed;
  }
}

function ageAt(now: number, instant: number): number {
  return Math.floor((now - instant) / MS_PER_DAY);
}

/** `ageDays(t)`: whole days since an instant, negative before it. Changes at the end of each of them. */
export function compileAge(
  argument: SyntaxNode,
  compilation: Compilation,
): Evaluate {
  const operand = compilation.compile(argument);
  return scope => {
    const instant = instantOf(operand(scope));
    if (instant instanceof Unknown) return instant;
    const age = ageAt(scope.now, instant);
    scope.changesAt(instant + (age + 1) * MS_PER_DAY);
    return age;
  };
}

/** The argument of `ageDays(t)`. */
function ageArgument(node: SyntaxNode): SyntaxNode | undefined {
  const isAge =
    node.op === 'call' &&
    node.args[0] === 'ageDays' &&
    node.args[1].length === 1;
  return isAge ? node.args[1][0] : undefined;
}

/**
 * `ageDays(t)` compared with a fixed number: changes at one known day, so nothing needs to look at it every day.
 *
 * @returns `undefined` where the node is anything else
 */
export function compileAgeComparison(
  counted: SyntaxNode,
  comparison: NumberComparison,
  bound: Evaluate,
  compilation: Compilation,
): Evaluate | undefined {
  const argument = ageArgument(counted);
  const limit = constantOf(bound);
  if (!argument || typeof limit !== 'number') return undefined;
  const operand = compilation.compile(argument);
  return scope => {
    const instant = instantOf(operand(scope));
    if (instant instanceof Unknown) return instant;
    const age = ageAt(scope.now, instant);
    scope.changesAt(instant + nextTurn(age, comparison, limit) * MS_PER_DAY);
    return holds(age, comparison, limit);
  };
}
