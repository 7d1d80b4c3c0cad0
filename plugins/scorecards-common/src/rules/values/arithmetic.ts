import { ruleError } from './Unknown';
import {
  CelValue,
  Duration,
  isBytes,
  isList,
  KnownValue,
  Timestamp,
  typeName,
  Uint,
} from './values';

/** The arithmetic operators. */
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);
const MAX_UINT = 2n ** 64n - 1n;
// 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z (langdef, "Timestamps").
const MIN_TIMESTAMP = -62_135_596_800n * 10n ** 9n;
const MAX_TIMESTAMP = 253_402_300_800n * 10n ** 9n - 1n;

/** An `int`, or the error of an overflow (langdef, "Overflow"). */
export function int(value: bigint): CelValue {
  return value > MAX_INT || value < MIN_INT
    ? ruleError(`${value} does not fit an int`)
    : value;
}

/** A `uint`, or the error of an overflow. */
export function uint(value: bigint): CelValue {
  return value > MAX_UINT || value < 0n
    ? ruleError(`${value} does not fit a uint`)
    : new Uint(value);
}

/** A duration that fits 64 bits of nanoseconds, or an error. */
export function duration(nanos: bigint): CelValue {
  return nanos > MAX_INT || nanos < MIN_INT
    ? ruleError('the duration is out of range')
    : new Duration(nanos);
}

/** A timestamp within the years 1 to 9999, or an error. */
export function timestamp(nanos: bigint): CelValue {
  return nanos > MAX_TIMESTAMP || nanos < MIN_TIMESTAMP
    ? ruleError('the timestamp is out of range')
    : new Timestamp(nanos);
}

function integers(
  operator: ArithmeticOperator,
  left: bigint,
  right: bigint,
  result: (value: bigint) => CelValue,
): CelValue {
  switch (operator) {
    case '+':
      return result(left + right);
    case '-':
      return result(left - right);
    case '*':
      return result(left * right);
    default:
      if (right === 0n) {
        return ruleError(
          operator === '/' ? 'divide by zero' : 'modulus by zero',
        );
      }
      return result(operator === '/' ? left / right : left % right);
  }
}

function doubles(
  operator: ArithmeticOperator,
  left: number,
  right: number,
): CelValue | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return undefined;
  }
}

function times(
  operator: ArithmeticOperator,
  left: KnownValue,
  right: KnownValue,
): CelValue | undefined {
  const sign = operator === '-' ? -1n : 1n;
  if (operator !== '+' && operator !== '-') return undefined;
  if (right instanceof Duration) {
    if (left instanceof Timestamp) {
      return timestamp(left.nanos + sign * right.nanos);
    }
    if (left instanceof Duration) {
      return duration(left.nanos + sign * right.nanos);
    }
  }
  if (right instanceof Timestamp) {
    if (left instanceof Duration && operator === '+') {
      return timestamp(left.nanos + right.nanos);
    }
    if (left instanceof Timestamp && operator === '-') {
      return duration(left.nanos - right.nanos);
    }
  }
  return undefined;
}

function concatenation(
  left: KnownValue,
  right: KnownValue,
): CelValue | undefined {
  if (typeof left === 'string' && typeof right === 'string') {
    return left + right;
  }
  if (isList(left) && isList(right)) return [...left, ...right];
  if (isBytes(left) && isBytes(right)) {
    const bytes = new Uint8Array(left.length + right.length);
    bytes.set(left);
    bytes.set(right, left.length);
    return bytes;
  }
  return undefined;
}

/** The error for operands that an operator is not defined for. */
export function noOverload(operator: string, ...operands: KnownValue[]) {
  return ruleError(
    `no such overload: ${operator} of ${operands.map(typeName).join(' and ')}`,
  );
}

/** Applies an arithmetic operator; operands of different numeric types do not mix (langdef, "Numeric operations"). */
export function arithmetic(
  operator: ArithmeticOperator,
  left: KnownValue,
  right: KnownValue,
): CelValue {
  let result: CelValue | undefined;
  if (typeof left === 'bigint' && typeof right === 'bigint') {
    result = integers(operator, left, right, int);
  } else if (typeof left === 'number' && typeof right === 'number') {
    result = doubles(operator, left, right);
  } else if (left instanceof Uint && right instanceof Uint) {
    result = integers(operator, left.value, right.value, uint);
  } else {
    result =
      (operator === '+' ? concatenation(left, right) : undefined) ??
      times(operator, left, right);
  }
  return result ?? noOverload(operator, left, right);
}

/** Changes the sign (langdef, "Numeric operations"). */
export function negate(value: KnownValue): CelValue {
  if (typeof value === 'number') return -value;
  return typeof value === 'bigint' ? int(-value) : noOverload('-', value);
}
