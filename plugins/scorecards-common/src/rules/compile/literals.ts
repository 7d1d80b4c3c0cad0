import { NodeWith, SyntaxNode } from '../syntax';
import { int, uint } from '../values/arithmetic';
import { ruleError, Unknown } from '../values/Unknown';
import {
  CelMap,
  CelValue,
  KnownValue,
  mapKey,
  typeName,
  TypeValue,
  Uint,
} from '../values/values';
import { Compilation, constant, constantOf, Evaluate } from './Compilation';

const TYPES = new Set([
  'bool',
  'bytes',
  'double',
  'google.protobuf.Duration',
  'google.protobuf.Timestamp',
  'int',
  'list',
  'map',
  'null_type',
  'optional_type',
  'string',
  'type',
  'uint',
]);

/** The type that a name stands for. */
export function typeNamed(name: string): TypeValue | undefined {
  return TYPES.has(name) ? new TypeValue(name) : undefined;
}

const encoder = new TextEncoder();

/** The parser takes the characters of a bytes literal for bytes; beyond ASCII they are several in UTF-8. */
function bytesOf(
  parsed: Uint8Array,
  node: SyntaxNode,
  source: string,
): Uint8Array {
  const text = source.slice(node.start, node.end);
  const [, quotes, content] = /^[bB]('''|"""|'|")([\s\S]*)\1$/.exec(text) ?? [];
  // eslint-disable-next-line no-control-regex
  return quotes && /[^\x00-\x7f]/.test(content) && !content.includes('\\')
    ? encoder.encode(content)
    : parsed;
}

/** A literal: everything the parser read as a value. */
export function compileLiteral(
  node: NodeWith<'value'>,
  compilation: Compilation,
): Evaluate {
  const { args } = node;
  let value: CelValue;
  if (typeof args === 'bigint') value = int(args);
  else if (args instanceof Uint8Array) {
    value = bytesOf(args, node, compilation.source);
  } else if (typeof args === 'object' && args !== null) {
    value = uint(BigInt(String(args)));
  } else value = args as KnownValue;
  return value instanceof Unknown
    ? compilation.refuse(node, value.detail)
    : constant(value);
}

/** `[a, b]`. */
export function compileList(operands: readonly Evaluate[]): Evaluate {
  const constants = operands.map(constantOf);
  if (constants.every(value => value !== undefined)) {
    const unknown = constants.find(value => value instanceof Unknown);
    return constant(unknown ?? (constants as KnownValue[]));
  }
  return scope => {
    const items: KnownValue[] = [];
    for (const operand of operands) {
      const value = operand(scope);
      if (value instanceof Unknown) return value;
      items.push(value);
    }
    return items;
  };
}

const KEY_TYPES = new Set(['bool', 'int', 'string', 'uint']);

/** `{a: b}`; keys are of the types that langdef, "Aggregate Values", allows, and each is there once. */
export function compileMap(
  node: NodeWith<'map'>,
  compilation: Compilation,
): Evaluate {
  const pairs = node.args.map(
    ([key, value]) =>
      [compilation.compile(key), compilation.compile(value)] as const,
  );
  return scope => {
    const entries = new Map<string, readonly [KnownValue, KnownValue]>();
    for (const [keyOf, valueOf] of pairs) {
      const key = keyOf(scope);
      if (key instanceof Unknown) return key;
      const value = valueOf(scope);
      if (value instanceof Unknown) return value;
      const text = KEY_TYPES.has(typeName(key)) ? mapKey(key) : undefined;
      if (text === undefined) return ruleError('unsupported key type');
      if (entries.has(text)) return ruleError('a key is repeated');
      entries.set(text, [key, value]);
    }
    return new CelMap(entries);
  };
}

/** A whole number that fits a JavaScript number exactly, as one; every other value as it is. */
export function comparable(value: CelValue): CelValue {
  const whole = value instanceof Uint ? value.value : value;
  return typeof whole === 'bigint' && Number.isSafeInteger(Number(whole))
    ? Number(whole)
    : value;
}
