import { FUNCTIONS, METHODS, sizeOf, StrictFunction } from '../functions';
import { compilePattern } from '../pattern';
import { NodeWith, SyntaxNode } from '../syntax';
import {
  arithmetic,
  ArithmeticOperator,
  negate,
  noOverload,
} from '../values/arithmetic';
import { ruleError, Unknown } from '../values/Unknown';
import {
  CelValue,
  isBytes,
  isList,
  isMap,
  KnownValue,
  Optional,
} from '../values/values';
import { compileAge } from './age';
import {
  Compilation,
  constant,
  constantOf,
  Evaluate,
  TOO_MUCH_WORK,
} from './Compilation';
import { RuleScope } from './RuleScope';
import { compileWithin } from './within';

/** Computes once what does not depend on entity, facts or time. */
function folded(evaluate: Evaluate, operands: readonly Evaluate[]): Evaluate {
  return operands.every(operand => constantOf(operand) !== undefined)
    ? constant(evaluate(RuleScope.create()))
    : evaluate;
}

function weight(value: KnownValue): number {
  return typeof value === 'string' || isList(value) || isBytes(value)
    ? value.length
    : 0;
}

/** `+`, `-`, `*`, `/`, `%` (langdef, "List of Standard Definitions"). */
export function compileArithmetic(
  node: NodeWith<ArithmeticOperator>,
  compilation: Compilation,
): Evaluate {
  const operator = node.op;
  const [left, right] = node.args.map(compilation.compile);
  return folded(
    scope => {
      const a = left(scope);
      if (a instanceof Unknown) return a;
      const b = right(scope);
      if (b instanceof Unknown) return b;
      // Concatenation is the only operation whose result can be larger than all that it was made of.
      return operator !== '+' || scope.spend(weight(a) + weight(b))
        ? arithmetic(operator, a, b)
        : TOO_MUCH_WORK;
    },
    [left, right],
  );
}

/** `-a`. */
export function compileNegation(
  node: NodeWith<'-_'>,
  compilation: Compilation,
): Evaluate {
  const { args } = node;
  // The literal of the smallest int is the negation of a number that is too large for one.
  if (args.op === 'value' && typeof args.args === 'bigint') {
    const value = negate(args.args);
    return value instanceof Unknown
      ? compilation.refuse(node, value.detail)
      : constant(value);
  }
  const operand = compilation.compile(args);
  return folded(
    scope => {
      const value = operand(scope);
      return value instanceof Unknown ? value : negate(value);
    },
    [operand],
  );
}

/** `matches`: with a literal pattern, what is wrong with it is known before anything is evaluated. */
function compileMatches(
  args: readonly SyntaxNode[],
  compilation: Compilation,
): Evaluate {
  const [text, pattern] = args.map(compilation.compile);
  const literal = constantOf(pattern);
  const fixed =
    typeof literal === 'string' ? compilePattern(literal) : undefined;
  if (fixed instanceof Unknown) {
    return compilation.refuse(args[1], fixed.detail);
  }
  return scope => {
    const subject = text(scope);
    if (subject instanceof Unknown) return subject;
    const expression = pattern(scope);
    if (expression instanceof Unknown) return expression;
    if (typeof subject !== 'string' || typeof expression !== 'string') {
      return noOverload('matches()', subject, expression);
    }
    if (!scope.spend(subject.length + (fixed ? 0 : expression.length))) {
      return TOO_MUCH_WORK;
    }
    const matcher = fixed ?? compilePattern(expression);
    return matcher instanceof Unknown ? matcher : matcher.test(subject);
  };
}

function compileSize(argument: SyntaxNode, compilation: Compilation): Evaluate {
  const operand = compilation.compile(argument);
  return scope => {
    const value = operand(scope);
    return value instanceof Unknown ? value : sizeOf(value);
  };
}

function isZero(value: KnownValue): boolean {
  if (isMap(value)) return sizeOf(value) === 0;
  return weight(value) === 0 && (typeof value === 'object' || !value);
}

function compileOptional(
  name: string,
  args: readonly SyntaxNode[],
  compilation: Compilation,
): Evaluate | undefined {
  if (name === 'none' && args.length === 0) return constant(Optional.none);
  if (args.length !== 1 || !['of', 'ofNonZeroValue'].includes(name)) {
    return undefined;
  }
  const [operand] = args.map(compilation.compile);
  return scope => {
    const value = operand(scope);
    if (value instanceof Unknown) return value;
    return name === 'ofNonZeroValue' && isZero(value)
      ? Optional.none
      : new Optional(value);
  };
}

function compileStrict(
  strict: StrictFunction,
  args: readonly SyntaxNode[],
  compilation: Compilation,
): Evaluate {
  const operands = args.map(compilation.compile);
  const [first, second] = operands;
  const evaluate: Evaluate = second
    ? scope => {
        const a = first(scope);
        if (a instanceof Unknown) return a;
        const b = second(scope);
        return b instanceof Unknown ? b : strict.apply(a, b);
      }
    : scope => {
        const a = first(scope);
        return a instanceof Unknown ? a : strict.apply(a, undefined);
      };
  return folded(evaluate, operands);
}

/** Whether the result is a whole number that comes as a JavaScript number. */
export function isCount(node: SyntaxNode): boolean {
  if (node.op !== 'call' && node.op !== 'rcall') return false;
  return node.args[0] === 'size' || node.args[0] === 'ageDays';
}

/** A call by name, or on a receiver, which is then the first argument. */
export function compileCall(
  node: NodeWith<'call' | 'rcall'>,
  compilation: Compilation,
): Evaluate {
  const name = node.args[0];
  const method = node.op === 'rcall';
  const args = method ? [node.args[1], ...node.args[2]] : node.args[1];
  if (method && args[0].op === 'id' && args[0].args === 'optional') {
    const optional = compileOptional(name, args.slice(1), compilation);
    if (optional) return optional;
  }
  if (name === 'size' && args.length === 1) {
    return compileSize(args[0], compilation);
  }
  if (name === 'matches' && args.length === 2) {
    return compileMatches(args, compilation);
  }
  if (!method && name === 'ageDays' && args.length === 1) {
    return compileAge(args[0], compilation);
  }
  if (!method && name === 'within' && args.length === 2) {
    return compileWithin(args, compilation);
  }
  const strict = (method ? METHODS : FUNCTIONS).get(name);
  if (!strict) {
    return compilation.refuse(
      node,
      `there is no ${method ? 'method' : 'function'} ${name}()`,
    );
  }
  return strict.arity.includes(args.length)
    ? compileStrict(strict, args, compilation)
    : compilation.refuse(
        node,
        `${name}() does not take ${args.length} arguments`,
      );
}

/** The error of a number that a JSON document holds where its schema has a whole one. */
const NOT_WHOLE = ruleError('the number is not a whole one');

function wholeOf(value: number): bigint | Unknown {
  return Number.isInteger(value) ? BigInt(value) : NOT_WHOLE;
}

/** Makes CEL's `int` of the JavaScript number that a JSON document or a count holds. */
export function asInt(evaluate: Evaluate): Evaluate {
  if (constantOf(evaluate) !== undefined) return evaluate;
  return (scope): CelValue => {
    const value = evaluate(scope);
    if (typeof value === 'number') return wholeOf(value);
    if (!(value instanceof Optional) || typeof value.value !== 'number') {
      return value;
    }
    const whole = wholeOf(value.value);
    return whole instanceof Unknown ? whole : new Optional(whole);
  };
}
