import { NodeWith } from '../syntax';
import { noOverload } from '../values/arithmetic';
import { compare, contains, equals } from '../values/compare';
import { Unknown } from '../values/Unknown';
import type { CelValue, KnownValue } from '../values/values';
import { Compilation, constantOf, Evaluate } from './Compilation';

/** The operators that order two values. */
export type Relation = '<' | '<=' | '>' | '>=';

/** The relation that holds with its sides exchanged. */
export const MIRRORED: Record<Relation, Relation> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/** Whether an order, negative, zero, positive or NaN, satisfies a relation. */
function satisfies(order: number, relation: Relation): boolean {
  switch (relation) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

function ordered(
  left: CelValue,
  right: CelValue,
  relation: Relation,
): boolean | Unknown {
  if (left instanceof Unknown) return left;
  if (right instanceof Unknown) return right;
  const order = compare(left, right);
  return order === undefined
    ? noOverload(relation, left, right)
    : satisfies(order, relation);
}

/** One closure per relation, so that the comparison of numbers stays a single instruction. */
function relationTo(
  bound: number,
  operand: Evaluate,
  relation: Relation,
): Evaluate {
  switch (relation) {
    case '<':
      return scope => {
        const value = operand(scope);
        return typeof value === 'number'
          ? value < bound
          : ordered(value, bound, '<');
      };
    case '<=':
      return scope => {
        const value = operand(scope);
        return typeof value === 'number'
          ? value <= bound
          : ordered(value, bound, '<=');
      };
    case '>':
      return scope => {
        const value = operand(scope);
        return typeof value === 'number'
          ? value > bound
          : ordered(value, bound, '>');
      };
    default:
      return scope => {
        const value = operand(scope);
        return typeof value === 'number'
          ? value >= bound
          : ordered(value, bound, '>=');
      };
  }
}

/** `<`, `<=`, `>`, `>=` (langdef, "Ordering Operators"). */
export function compileRelation(
  node: NodeWith<Relation>,
  compilation: Compilation,
): Evaluate {
  const [left, right] = node.args.map(compilation.compileComparable);
  const relation = node.op;
  const [leftBound, rightBound] = [constantOf(left), constantOf(right)];
  if (typeof rightBound === 'number') {
    return relationTo(rightBound, left, relation);
  }
  if (typeof leftBound === 'number') {
    return relationTo(leftBound, right, MIRRORED[relation]);
  }
  return scope => ordered(left(scope), right(scope), relation);
}

function equalTo(
  expected: KnownValue,
  operand: Evaluate,
  outcome: boolean,
): Evaluate {
  return scope => {
    const value = operand(scope);
    if (value === expected) return outcome;
    if (value instanceof Unknown) return value;
    return equals(value, expected) ? outcome : !outcome;
  };
}

/** `==` and `!=` (langdef, "Equality"). */
export function compileEquality(
  node: NodeWith<'==' | '!='>,
  compilation: Compilation,
): Evaluate {
  const [left, right] = node.args.map(compilation.compileComparable);
  const outcome = node.op === '==';
  const [leftConstant, rightConstant] = [constantOf(left), constantOf(right)];
  if (isPrimitive(rightConstant)) return equalTo(rightConstant, left, outcome);
  if (isPrimitive(leftConstant)) return equalTo(leftConstant, right, outcome);
  return scope => {
    const a = left(scope);
    if (a instanceof Unknown) return a;
    const b = right(scope);
    if (b instanceof Unknown) return b;
    return equals(a, b) ? outcome : !outcome;
  };
}

// NaN is left out: it is identical to itself nowhere, and equal to nothing.
function isPrimitive(
  value: CelValue | undefined,
): value is string | number | boolean | null {
  return (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && !Number.isNaN(value))
  );
}

/** `in` a list or the keys of a map (langdef, "List of Standard Definitions"). */
export function compileMembership(
  node: NodeWith<'in'>,
  compilation: Compilation,
): Evaluate {
  const [item, collection] = node.args.map(compilation.compileComparable);
  const fixed = constantOf(collection);
  const words =
    Array.isArray(fixed) && fixed.every(word => typeof word === 'string')
      ? new Set<CelValue>(fixed)
      : undefined;
  return scope => {
    const value = item(scope);
    if (value instanceof Unknown) return value;
    if (words) return words.has(value);
    const values = collection(scope);
    if (values instanceof Unknown) return values;
    return contains(values, value) ?? noOverload('in', value, values);
  };
}
