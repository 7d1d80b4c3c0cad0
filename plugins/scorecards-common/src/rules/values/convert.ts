import { int, noOverload, timestamp, uint } from './arithmetic';
import {
  formatDuration,
  formatTimestamp,
  parseDuration,
  parseTimestamp,
} from './instants';
import { ruleError } from './Unknown';
import {
  CelValue,
  Duration,
  isBytes,
  KnownValue,
  Timestamp,
  TypeValue,
  typeName,
  Uint,
  Version,
} from './values';

const NANOS_PER_SECOND = 10n ** 9n;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();
const TRUE = new Set(['1', 't', 'true', 'TRUE', 'True']);
const FALSE = new Set(['0', 'f', 'false', 'FALSE', 'False']);

function fromText<T extends CelValue>(
  text: string,
  shape: RegExp,
  type: string,
  convert: (text: string) => T,
): CelValue {
  return shape.test(text)
    ? convert(text)
    : ruleError(`"${text}" is not ${type}`);
}

function truncated(
  value: number,
  type: string,
  convert: (value: bigint) => CelValue,
): CelValue {
  // The bounds themselves are refused: a double so large stands for integers on both sides of them.
  if (!(Math.abs(value) < 2 ** (type === 'int' ? 63 : 64))) {
    return ruleError(`${value} does not fit ${type}`);
  }
  return convert(BigInt(Math.trunc(value)));
}

function toInt(value: KnownValue): CelValue {
  if (typeof value === 'bigint') return value;
  if (value instanceof Uint) return int(value.value);
  if (typeof value === 'number') return truncated(value, 'int', int);
  if (value instanceof Timestamp) return floorSeconds(value.nanos);
  return typeof value === 'string'
    ? fromText(value, /^[+-]?\d+$/, 'an int', text =>
        int(BigInt(text.replace('+', ''))),
      )
    : noOverload('int()', value);
}

function floorSeconds(nanos: bigint): bigint {
  const seconds = nanos / NANOS_PER_SECOND;
  return nanos < 0n && nanos % NANOS_PER_SECOND !== 0n ? seconds - 1n : seconds;
}

function toUint(value: KnownValue): CelValue {
  if (value instanceof Uint) return value;
  if (typeof value === 'bigint') return uint(value);
  if (typeof value === 'number') return truncated(value, 'uint', uint);
  return typeof value === 'string'
    ? fromText(value, /^\d+$/, 'a uint', text => uint(BigInt(text)))
    : noOverload('uint()', value);
}

function toDouble(value: KnownValue): CelValue {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Uint) return Number(value.value);
  return typeof value === 'string'
    ? fromText(
        value,
        /^([+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|NaN|[+-]?Infinity)$/,
        'a double',
        Number,
      )
    : noOverload('double()', value);
}

function toText(value: KnownValue): CelValue {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
  }
  if (value instanceof Uint) return String(value.value);
  if (value instanceof Timestamp) return formatTimestamp(value);
  if (value instanceof Duration) return formatDuration(value);
  if (value instanceof Version) return value.parsed.raw;
  if (isBytes(value)) {
    try {
      return decoder.decode(value);
    } catch {
      return ruleError('the bytes are not UTF-8');
    }
  }
  return noOverload('string()', value);
}

function toBool(value: KnownValue): CelValue {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return noOverload('bool()', value);
  if (TRUE.has(value)) return true;
  return FALSE.has(value) ? false : ruleError(`"${value}" is not a bool`);
}

function toTimestamp(value: KnownValue): CelValue {
  if (value instanceof Timestamp) return value;
  if (typeof value === 'bigint') return timestamp(value * NANOS_PER_SECOND);
  return typeof value === 'string'
    ? parseTimestamp(value)
    : noOverload('timestamp()', value);
}

function toDuration(value: KnownValue): CelValue {
  if (value instanceof Duration) return value;
  return typeof value === 'string'
    ? parseDuration(value)
    : noOverload('duration()', value);
}

/** The type conversions of the standard library, by name (langdef, "List of Standard Definitions"). */
export const CONVERSIONS: Record<string, (value: KnownValue) => CelValue> = {
  bool: toBool,
  bytes: value => {
    if (isBytes(value)) return value;
    return typeof value === 'string'
      ? encoder.encode(value)
      : noOverload('bytes()', value);
  },
  double: toDouble,
  duration: toDuration,
  dyn: value => value,
  int: toInt,
  string: toText,
  timestamp: toTimestamp,
  type: value => new TypeValue(typeName(value)),
  uint: toUint,
};
