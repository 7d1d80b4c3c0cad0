import { parse as parseVersion } from 'semver';
import { noOverload } from './values/arithmetic';
import { CONVERSIONS } from './values/convert';
import { wallClock } from './values/instants';
import { ruleError } from './values/Unknown';
import {
  CelValue,
  Duration,
  isBytes,
  isList,
  isMap,
  KnownValue,
  mapSize,
  Optional,
  Timestamp,
  Version,
} from './values/values';

/** A strict function: the receiver of a method is its first argument. */
export interface StrictFunction {
  /** Numbers of arguments, the receiver included. */
  readonly arity: readonly number[];
  readonly apply: (
    first: KnownValue,
    second: KnownValue | undefined,
  ) => CelValue;
}

const NANOS_PER_MS = 1_000_000n;
const MS_PER_DAY = 86_400_000;

/** Characters as CEL counts them: code points. */
function codePoints(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0xdc00 || unit > 0xdfff) count += 1;
  }
  return count;
}

/** `size()`, as a JavaScript number. */
export function sizeOf(value: KnownValue): CelValue {
  if (typeof value === 'string') return codePoints(value);
  if (isList(value) || isBytes(value)) return value.length;
  return isMap(value) ? mapSize(value) : noOverload('size()', value);
}

function ofTexts(
  name: string,
  apply: (text: string, part: string) => boolean,
): StrictFunction {
  return {
    arity: [2],
    apply: (text, part = null) =>
      typeof text === 'string' && typeof part === 'string'
        ? apply(text, part)
        : noOverload(`${name}()`, text, part),
  };
}

function dayOfYear(wall: Date): number {
  const first = new Date(0);
  first.setUTCFullYear(wall.getUTCFullYear(), 0, 1);
  return Math.floor((wall.getTime() - first.getTime()) / MS_PER_DAY);
}

const CLOCK_FIELDS: Record<string, (wall: Date) => number> = {
  getDate: wall => wall.getUTCDate(),
  getDayOfMonth: wall => wall.getUTCDate() - 1,
  getDayOfWeek: wall => wall.getUTCDay(),
  getDayOfYear: dayOfYear,
  getFullYear: wall => wall.getUTCFullYear(),
  getHours: wall => wall.getUTCHours(),
  getMilliseconds: wall => wall.getUTCMilliseconds(),
  getMinutes: wall => wall.getUTCMinutes(),
  getMonth: wall => wall.getUTCMonth(),
  getSeconds: wall => wall.getUTCSeconds(),
};

const DURATION_UNITS: Record<string, bigint> = {
  getHours: 3_600_000n * NANOS_PER_MS,
  getMinutes: 60_000n * NANOS_PER_MS,
  getSeconds: 1_000n * NANOS_PER_MS,
};

function partOfDuration(name: string, value: Duration): CelValue {
  // Milliseconds are those of the last second, the other parts the whole duration (langdef, "getMilliseconds").
  if (name === 'getMilliseconds') {
    return (value.nanos / NANOS_PER_MS) % 1_000n;
  }
  const unit = DURATION_UNITS[name];
  return unit ? value.nanos / unit : noOverload(`${name}()`, value);
}

function clockField(name: string): StrictFunction {
  return {
    arity: [1, 2],
    apply: (value, zone = 'UTC') => {
      if (value instanceof Duration) return partOfDuration(name, value);
      if (!(value instanceof Timestamp) || typeof zone !== 'string') {
        return noOverload(`${name}()`, value, zone);
      }
      const wall = wallClock(value, zone);
      return wall
        ? BigInt(CLOCK_FIELDS[name](wall))
        : ruleError(`"${zone}" is not a time zone`);
    },
  };
}

function ofOptional(
  name: string,
  arity: number,
  apply: (optional: Optional, other: KnownValue) => CelValue,
): StrictFunction {
  return {
    arity: [arity],
    apply: (value, other = null) =>
      value instanceof Optional
        ? apply(value, other)
        : noOverload(`${name}()`, value),
  };
}

function unary(apply: (value: KnownValue) => CelValue): StrictFunction {
  return { arity: [1], apply };
}

/** A semantic version; a leading `v` is allowed, as tags have it. */
function semver(value: KnownValue): CelValue {
  if (typeof value !== 'string') return noOverload('semver()', value);
  const parsed = parseVersion(value);
  return parsed
    ? new Version(parsed)
    : ruleError(`"${value}" is not a semantic version`);
}

/** A length of time in whole days of 24 hours. */
function days(value: KnownValue): CelValue {
  return typeof value === 'bigint' && value >= 0n && value <= 100_000n
    ? new Duration(value * BigInt(MS_PER_DAY) * NANOS_PER_MS)
    : ruleError('days() needs a whole number between 0 and 100000');
}

/** Strict functions that are called by name, `f(a)`. */
export const FUNCTIONS: ReadonlyMap<string, StrictFunction> = new Map([
  ...Object.entries(CONVERSIONS).map(
    ([name, convert]) => [name, unary(convert)] as const,
  ),
  ['semver', unary(semver)],
  ['days', unary(days)],
]);

/** Strict functions that are called on a receiver, `a.f()`. */
export const METHODS: ReadonlyMap<string, StrictFunction> = new Map([
  ['contains', ofTexts('contains', (text, part) => text.includes(part))],
  ['endsWith', ofTexts('endsWith', (text, part) => text.endsWith(part))],
  ['startsWith', ofTexts('startsWith', (text, part) => text.startsWith(part))],
  ...Object.keys(CLOCK_FIELDS).map(name => [name, clockField(name)] as const),
  ['hasValue', ofOptional('hasValue', 1, ({ value }) => value !== undefined)],
  [
    'value',
    ofOptional('value', 1, ({ value }) =>
      value === undefined ? ruleError('no value') : value,
    ),
  ],
  [
    'orValue',
    ofOptional('orValue', 2, ({ value }, other) =>
      value === undefined ? other : value,
    ),
  ],
  [
    'or',
    ofOptional('or', 2, (optional, other) =>
      optional.value === undefined ? other : optional,
    ),
  ],
]);
