import type { SemVer } from 'semver';
import { Unknown } from './Unknown';

/** What tells values of CEL's own classes from the maps and lists of a JSON document. */
abstract class Boxed {}

/** An unsigned 64-bit integer. `bigint` alone is CEL's `int`, `number` its `double`. */
export class Uint extends Boxed {
  readonly value: bigint;

  constructor(value: bigint) {
    super();
    this.value = value;
  }
}

/** An instant, in nanoseconds since 1970-01-01T00:00:00Z. */
export class Timestamp extends Boxed {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
  }
}

/** A length of time in nanoseconds. */
export class Duration extends Boxed {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
  }
}

/** A type as a value, what `type(x)` returns. */
export class TypeValue extends Boxed {
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }
}

/** What `a.?b` returns: a value or none. */
export class Optional extends Boxed {
  static readonly none = new Optional(undefined);
  readonly value: KnownValue | undefined;

  constructor(value: KnownValue | undefined) {
    super();
    this.value = value;
  }
}

/** A semantic version, ordered by precedence (semver.org 2.0.0, section 11). */
export class Version extends Boxed {
  readonly parsed: SemVer;

  constructor(parsed: SemVer) {
    super();
    this.parsed = parsed;
  }
}

/** A map that an expression wrote; maps that come from outside are plain objects. */
export class CelMap {
  readonly entries: ReadonlyMap<string, readonly [KnownValue, KnownValue]>;

  constructor(entries: ReadonlyMap<string, readonly [KnownValue, KnownValue]>) {
    this.entries = entries;
  }
}

/** A JSON object, read as a map from strings. */
export interface PlainMap {
  readonly [key: string]: KnownValue | undefined;
}

/** Every value of CEL that is known. */
export type KnownValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint
  | Uint8Array
  | Timestamp
  | Duration
  | TypeValue
  | Optional
  | Version
  | CelMap
  | PlainMap
  | readonly KnownValue[];

/** What evaluation of any sub-expression gives. */
export type CelValue = KnownValue | Unknown;

const CLASSES = [
  [Uint, 'uint'],
  [Timestamp, 'google.protobuf.Timestamp'],
  [Duration, 'google.protobuf.Duration'],
  [TypeValue, 'type'],
  [Optional, 'optional_type'],
  [Version, 'semver'],
] as const;

/** The name of a value's type as CEL spells it (langdef, "Values"). */
export function typeName(value: KnownValue): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return 'double';
    case 'bigint':
      return 'int';
    case 'string':
      return 'string';
    default:
  }
  if (value === null) return 'null_type';
  if (Array.isArray(value)) return 'list';
  if (isBytes(value)) return 'bytes';
  return CLASSES.find(([type]) => value instanceof type)?.[1] ?? 'map';
}

/** Whether a value is a sequence of bytes; not `instanceof`, which fails for those of another realm. */
export function isBytes(value: CelValue | undefined): value is Uint8Array {
  return ArrayBuffer.isView(value);
}

/** Whether a value is a list. */
export function isList(
  value: CelValue | undefined,
): value is readonly KnownValue[] {
  return Array.isArray(value);
}

/** Whether a value is a map, written or from outside. */
export function isMap(value: CelValue): value is CelMap | PlainMap {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Boxed) &&
    !(value instanceof Unknown) &&
    !isBytes(value)
  );
}

/**
 * Under which text a map keeps a key, or `undefined` for what cannot be a key. Numbers that are equal share it, whatever
 * their type (langdef, "Equality").
 */
export function mapKey(key: CelValue): string | undefined {
  switch (typeof key) {
    case 'string':
      return `s${key}`;
    case 'boolean':
      return `b${key}`;
    case 'bigint':
      return `n${key}`;
    case 'number':
      return Number.isInteger(key) ? `n${BigInt(key)}` : undefined;
    default:
      return key instanceof Uint ? `n${key.value}` : undefined;
  }
}

/** The entry of a map, `undefined` where it has none. */
export function mapGet(
  map: CelMap | PlainMap,
  key: CelValue,
): KnownValue | undefined {
  if (map instanceof CelMap) {
    const text = mapKey(key);
    return text === undefined ? undefined : map.entries.get(text)?.[1];
  }
  return typeof key === 'string' && Object.hasOwn(map, key)
    ? map[key]
    : undefined;
}

/** The keys of a map in the order in which they were written. */
export function mapKeys(map: CelMap | PlainMap): KnownValue[] {
  return map instanceof CelMap
    ? [...map.entries.values()].map(([key]) => key)
    : Object.keys(map);
}

/** The number of entries. */
export function mapSize(map: CelMap | PlainMap): number {
  return map instanceof CelMap ? map.entries.size : Object.keys(map).length;
}
