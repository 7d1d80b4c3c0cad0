import { NodeWith, SyntaxNode } from '../syntax';
import { noOverload } from '../values/arithmetic';
import { ruleError, Unknown } from '../values/Unknown';
import {
  CelValue,
  isMap,
  KnownValue,
  mapGet,
  Optional,
  Uint,
} from '../values/values';
import { Compilation, Evaluate } from './Compilation';
import { compilePath, optionalField, pathOf, selectField } from './paths';

function indexOf(key: KnownValue): number | undefined {
  if (typeof key === 'bigint') return Number(key);
  if (key instanceof Uint) return Number(key.value);
  return typeof key === 'number' && Number.isInteger(key) ? key : undefined;
}

function itemAt(list: readonly KnownValue[], key: KnownValue): CelValue {
  const index = indexOf(key);
  if (index === undefined) return noOverload('[]', list, key);
  return index >= 0 && index < list.length
    ? list[index]
    : ruleError(`index ${index} is outside a list of ${list.length}`);
}

function elementOf(container: CelValue, key: KnownValue): CelValue {
  if (Array.isArray(container)) return itemAt(container, key);
  if (isMap(container)) {
    const value = mapGet(container, key);
    return value === undefined ? ruleError('no such key') : value;
  }
  return container instanceof Optional
    ? optionalElement(container, key)
    : noOverload('[]', container as KnownValue, key);
}

function optionalElement(container: CelValue, key: KnownValue): CelValue {
  if (container instanceof Optional && container.value !== undefined) {
    return optionalElement(container.value, key);
  }
  if (!Array.isArray(container)) return optionalField(container, key);
  const item = itemAt(container, key);
  return item instanceof Unknown ? Optional.none : new Optional(item);
}

/** `a[b]` and `a[?b]` (langdef, "Field Selection", "Lists"). */
export function compileIndex(
  node: NodeWith<'[]' | '[?]'>,
  compilation: Compilation,
): Evaluate {
  const container = compilation.compile(node.args[0]);
  const key = compilation.compileComparable(node.args[1]);
  const element = node.op === '[]' ? elementOf : optionalElement;
  return scope => {
    const value = container(scope);
    if (value instanceof Unknown) return value;
    const index = key(scope);
    return index instanceof Unknown ? index : element(value, index);
  };
}

/** What `facts.?source` is selected from does not exist as a value: the fact itself is known or not. */
function compileFact(
  node: NodeWith<'.' | '.?'>,
  compilation: Compilation,
): Evaluate | undefined {
  const [container, name] = node.args;
  const isFacts =
    container.op === 'id' &&
    container.args === 'facts' &&
    !compilation.locals.has('facts') &&
    !compilation.variables.has('facts');
  return isFacts
    ? compilePath({ root: 'facts', name, keys: [] }, compilation)
    : undefined;
}

/** `a.b` where `a` is no path. */
export function compileField(
  node: NodeWith<'.'>,
  compilation: Compilation,
): Evaluate {
  const container = compilation.compile(node.args[0]);
  const [, key] = node.args;
  return scope => selectField(container(scope), key);
}

/** `a.?b`: on a fact that is not known the result is not known either, rather than none. */
export function compileOptionalField(
  node: NodeWith<'.?'>,
  compilation: Compilation,
): Evaluate {
  const fact = compileFact(node, compilation);
  if (fact) {
    return scope => {
      const value = fact(scope);
      return value instanceof Unknown ? value : new Optional(value);
    };
  }
  const container = compilation.compile(node.args[0]);
  const [, key] = node.args;
  return scope => optionalField(container(scope), key);
}

/** `has(a.b)` (langdef, "Macros"): false where the field is absent, unknown where `a` is not known. */
export function compileHas(
  node: SyntaxNode,
  compilation: Compilation,
): Evaluate {
  if (node.op !== '.') {
    return compilation.refuse(node, 'has() needs a field, as in has(a.b)');
  }
  const whole = pathOf(node, compilation);
  const isVariable = whole?.root === 'variable' && whole.keys.length === 0;
  const fact =
    compileFact(node, compilation) ??
    (isVariable ? compilePath(whole, compilation) : undefined);
  if (fact) {
    return scope => {
      const value = fact(scope);
      return value instanceof Unknown ? value : true;
    };
  }
  const container = compilation.compile(node.args[0]);
  const [, key] = node.args;
  return scope => {
    const field = optionalField(container(scope), key);
    return field instanceof Optional ? field !== Optional.none : field;
  };
}
