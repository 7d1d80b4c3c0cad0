import type { JsonValue } from '@backstage/types';
import { formatDuration, formatTimestamp } from '../values/instants';
import {
  CelMap,
  Duration,
  isBytes,
  isList,
  KnownValue,
  mapGet,
  mapKeys,
  Optional,
  Timestamp,
  TypeValue,
  Uint,
  Version,
} from '../values/values';

/** How much of a value is shown. */
interface Limits {
  readonly items: number;
  readonly text: number;
  readonly depth: number;
}

// A proof is read by people: values are cut where nobody would read on.
const READABLE: Limits = { items: 20, text: 500, depth: 4 };
const NONE: Limits = { items: Infinity, text: Infinity, depth: Infinity };

/** A value as a proof shows it. */
export interface ProofValue {
  json: JsonValue;
  /** Whether the value is larger than what is shown. */
  cut: boolean;
}

const whole = (json: JsonValue): ProofValue => ({ json, cut: false });

function wholeNumber(value: bigint): JsonValue {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function scalar(value: KnownValue, limits: Limits): ProofValue | undefined {
  switch (typeof value) {
    case 'string':
      return {
        json: value.slice(0, limits.text),
        cut: value.length > limits.text,
      };
    case 'number':
      return whole(Number.isFinite(value) ? value : String(value));
    case 'bigint':
      return whole(wholeNumber(value));
    case 'boolean':
      return whole(value);
    default:
  }
  if (value === null) return whole(null);
  if (value instanceof Uint) return whole(wholeNumber(value.value));
  if (value instanceof Timestamp) return whole(formatTimestamp(value));
  if (value instanceof Duration) return whole(formatDuration(value));
  if (value instanceof TypeValue) return whole(value.name);
  if (value instanceof Version) return whole(value.parsed.raw);
  return isBytes(value) ? whole(`${value.length} bytes`) : undefined;
}

function shown(value: KnownValue, limits: Limits): ProofValue {
  const simple = scalar(value, limits);
  if (simple) return simple;
  if (value instanceof Optional) {
    return value.value === undefined ? whole(null) : shown(value.value, limits);
  }
  if (limits.depth === 0) return { json: '…', cut: true };
  const inner = { ...limits, depth: limits.depth - 1 };
  return isList(value)
    ? shownList(value, inner)
    : shownMap(value as CelMap, inner);
}

function shownList(value: readonly KnownValue[], limits: Limits): ProofValue {
  const items = value.slice(0, limits.items).map(item => shown(item, limits));
  return {
    json: items.map(({ json }) => json),
    cut: value.length > limits.items || items.some(({ cut }) => cut),
  };
}

function shownMap(map: CelMap, limits: Limits): ProofValue {
  const keys = mapKeys(map);
  const entries = keys.slice(0, limits.items).map(key => {
    const name = String(shown(key, limits).json);
    return [name, shown(mapGet(map, key) ?? null, limits)] as const;
  });
  return {
    json: Object.fromEntries(entries.map(([key, { json }]) => [key, json])),
    cut: keys.length > limits.items || entries.some(([, { cut }]) => cut),
  };
}

/** Makes JSON of any value, cut to what a person reads. */
export function proofValue(value: KnownValue): ProofValue {
  return shown(value, READABLE);
}

/** Makes JSON of any value, all of it. */
export function jsonOf(value: KnownValue): JsonValue {
  return shown(value, NONE).json;
}
