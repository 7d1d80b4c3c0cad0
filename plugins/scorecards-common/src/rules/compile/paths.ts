import { SyntaxNode } from '../syntax';
import { ruleError, Unknown } from '../values/Unknown';
import {
  CelValue,
  isMap,
  mapGet,
  Optional,
  PlainMap,
  typeName,
} from '../values/values';
import { Compilation, Evaluate } from './Compilation';
import { isInherited, readDocument, readFact } from './documents';

/** A chain of fields that begins at a variable, such as `facts.git.files`. */
export interface Path {
  readonly root: 'facts' | 'entity' | 'local' | 'variable';
  /** Name of the variable; for `facts` the id of the source. */
  readonly name: string;
  readonly keys: readonly string[];
}

/** The literal key of a select or index node. */
function keyOf(node: SyntaxNode): string | undefined {
  if (node.op === '.') return node.args[1];
  if (node.op !== '[]' || node.args[1].op !== 'value') return undefined;
  const key = node.args[1].args;
  return typeof key === 'string' ? key : undefined;
}

/** The path that a node is; `undefined` where it begins at anything else, or at nothing known. */
export function pathOf(
  node: SyntaxNode,
  compilation: Pick<Compilation, 'locals' | 'variables'>,
): Path | undefined {
  const keys: string[] = [];
  let rest = node;
  for (let key = keyOf(rest); key !== undefined; key = keyOf(rest)) {
    keys.unshift(key);
    [rest] = rest.args as readonly [SyntaxNode, unknown];
  }
  if (rest.op !== 'id') return undefined;
  const name = rest.args;
  if (compilation.locals.has(name)) return { root: 'local', name, keys };
  // The longest name wins: a variable may have dots in its name (langdef, "Name Resolution").
  for (let length = keys.length; length >= 0; length -= 1) {
    const dotted = [name, ...keys.slice(0, length)].join('.');
    if (compilation.variables.has(dotted)) {
      return { root: 'variable', name: dotted, keys: keys.slice(length) };
    }
  }
  if (name === 'entity') return { root: 'entity', name, keys };
  return name === 'facts' && keys.length > 0
    ? { root: 'facts', name: keys[0], keys: keys.slice(1) }
    : undefined;
}

function rootOf(path: Path, compilation: Compilation): Evaluate {
  const { root, name } = path;
  switch (root) {
    case 'facts':
      return readFact(name, []);
    case 'entity':
      return scope => scope.entity as PlainMap;
    case 'local': {
      const { slot } = compilation.locals.get(name)!;
      return scope => scope.locals[slot];
    }
    default: {
      const missing = ruleError(`${name} has no value`);
      return scope =>
        Object.hasOwn(scope.variables, name) ? scope.variables[name] : missing;
    }
  }
}

/** One step of a path into a value of any kind. */
export function selectField(value: CelValue, key: string): CelValue {
  if (value instanceof Unknown) return value;
  if (isMap(value)) {
    const field = mapGet(value, key);
    return field === undefined ? ruleError(`no such field: ${key}`) : field;
  }
  if (value instanceof Optional) return optionalField(value, key);
  return ruleError(`${typeName(value)} has no fields`);
}

/** One optional step: none where the field is absent or what it would be a field of is null (`a.?b`). */
export function optionalField(value: CelValue, key: CelValue): CelValue {
  if (value instanceof Unknown) return value;
  if (value instanceof Optional) {
    return value.value === undefined
      ? Optional.none
      : optionalField(value.value, key);
  }
  if (value === null) return Optional.none;
  if (!isMap(value)) return ruleError(`${typeName(value)} has no fields`);
  const field = mapGet(value, key);
  return field === undefined ? Optional.none : new Optional(field);
}

/** Compiles a path; numbers of a JSON document stay JavaScript numbers. */
export function compilePath(path: Path, compilation: Compilation): Evaluate {
  const { keys } = path;
  const plain = !keys.some(isInherited);
  if (plain && path.root === 'facts') return readFact(path.name, keys);
  const root = rootOf(path, compilation);
  if (keys.length === 0) return root;
  const json =
    path.root === 'local'
      ? compilation.locals.get(path.name)!.json
      : path.root !== 'variable';
  if (json && plain) return readDocument(root, keys);
  return scope => keys.reduce<CelValue>(selectField, root(scope));
}
