import {
  CelMap,
  CelValue,
  Duration,
  isBytes,
  isList,
  isMap,
  KnownValue,
  mapGet,
  mapKeys,
  mapSize,
  Optional,
  PlainMap,
  Timestamp,
  TypeValue,
  Uint,
  Version,
} from './values';

type Ordered = number | bigint;

/** Numbers of all three types compare by their mathematical value (langdef, "Numeric comparison"). */
function numeric(value: CelValue): Ordered | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return value instanceof Uint ? value.value : undefined;
}

const isSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdfff;

/** Code points, not UTF-16 units, order strings; they differ beyond the basic plane only. */
function compareStrings(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) {
      return (
        Number(isSurrogate(a)) - Number(isSurrogate(b)) || Math.sign(a - b)
      );
    }
  }
  return Math.sign(left.length - right.length);
}

/** An integer compares with a double as the nearest double, as the conformance tests ask. */
function compareNumbers(left: Ordered, right: Ordered): number {
  const [a, b] =
    typeof left === typeof right
      ? [left, right]
      : [Number(left), Number(right)];
  if (a < b) return -1;
  if (a > b) return 1;
  return a === b ? 0 : NaN;
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    if (left[index] !== right[index]) {
      return left[index] < right[index] ? -1 : 1;
    }
  }
  return Math.sign(left.length - right.length);
}

/**
 * Negative, zero or positive as `left` is before, at or after `right`; `NaN` where a number is none; `undefined` where
 * values of these types have no order (langdef, "Ordering Operators").
 */
export function compare(left: CelValue, right: CelValue): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') {
    return compareStrings(left, right);
  }
  const a = numeric(left);
  const b = numeric(right);
  if (a !== undefined && b !== undefined) return compareNumbers(a, b);
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    return Number(left) - Number(right);
  }
  if (left instanceof Timestamp && right instanceof Timestamp) {
    return compareNumbers(left.nanos, right.nanos);
  }
  if (left instanceof Duration && right instanceof Duration) {
    return compareNumbers(left.nanos, right.nanos);
  }
  if (left instanceof Version && right instanceof Version) {
    return left.parsed.compare(right.parsed);
  }
  if (isBytes(left) && isBytes(right)) {
    return compareBytes(left, right);
  }
  return undefined;
}

function equalLists(
  left: readonly KnownValue[],
  right: readonly KnownValue[],
): boolean {
  return (
    left.length === right.length &&
    left.every((item, index) => equals(item, right[index]))
  );
}

/** Equality of any two values; values of different types are unequal, never an error (langdef, "Equality"). */
export function equals(left: KnownValue, right: KnownValue): boolean {
  if (left === right) return true;
  if (typeof left === 'string' || left === null) return false;
  if (isList(left)) return isList(right) && equalLists(left, right);
  if (left instanceof TypeValue) {
    return right instanceof TypeValue && left.name === right.name;
  }
  if (left instanceof Optional && right instanceof Optional) {
    return left.value === undefined || right.value === undefined
      ? left.value === right.value
      : equals(left.value, right.value);
  }
  if (isMap(left) && isMap(right)) return equalMaps(left, right);
  return compare(left, right) === 0;
}

function equalMaps(left: CelMap | PlainMap, right: CelMap | PlainMap): boolean {
  if (mapSize(left) !== mapSize(right)) return false;
  return mapKeys(left).every(key => {
    const a = mapGet(left, key);
    const b = mapGet(right, key);
    return a !== undefined && b !== undefined && equals(a, b);
  });
}

/** Whether a list or the keys of a map hold a value; `undefined` where neither is given. */
export function contains(
  collection: CelValue,
  value: KnownValue,
): boolean | undefined {
  if (isList(collection)) {
    for (const item of collection) {
      if (item === value || equals(item, value)) return true;
    }
    return false;
  }
  return isMap(collection)
    ? mapGet(collection, value) !== undefined
    : undefined;
}
