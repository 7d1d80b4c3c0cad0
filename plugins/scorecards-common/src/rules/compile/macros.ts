import { NodeWith, SyntaxNode } from '../syntax';
import { noOverload } from '../values/arithmetic';
import { Unknown } from '../values/Unknown';
import { CelValue, isMap, KnownValue, mapKeys } from '../values/values';
import { Compilation, Evaluate, notBool, TOO_MUCH_WORK } from './Compilation';
import { alsoUndecided } from './logic';
import { pathOf } from './paths';
import type { RuleScope } from './RuleScope';

type Call = NodeWith<'rcall'>;

/** What a macro ranges over: the items of a list, the keys of a map. */
function itemsOf(
  range: CelValue,
  macro: string,
): readonly KnownValue[] | Unknown {
  if (Array.isArray(range)) return range;
  if (range instanceof Unknown) return range;
  return isMap(range)
    ? mapKeys(range)
    : noOverload(`${macro}()`, range as KnownValue);
}

type Loop = (
  items: readonly KnownValue[],
  scope: RuleScope,
  slot: number,
) => CelValue;

/** `all` and `exists` decide as `&&` and `||` over the items do, unknowns included. */
function quantifier(body: Evaluate, absorbing: boolean, macro: string): Loop {
  return (items, scope, slot) => {
    let undecided: Unknown | undefined;
    for (const item of items) {
      if (!scope.spend(1)) return TOO_MUCH_WORK;
      scope.locals[slot] = item;
      const value = body(scope);
      if (value === absorbing) return absorbing;
      if (value !== !absorbing) {
        undecided = alsoUndecided(undecided, value, macro);
      }
    }
    return undecided ?? !absorbing;
  };
}

function existsOne(body: Evaluate): Loop {
  return (items, scope, slot) => {
    let count = 0;
    let undecided: Unknown | undefined;
    for (const item of items) {
      if (!scope.spend(1)) return TOO_MUCH_WORK;
      scope.locals[slot] = item;
      const value = body(scope);
      if (value === true) count += 1;
      else if (value !== false) {
        undecided = alsoUndecided(undecided, value, 'exists_one');
      }
    }
    return undecided ?? count === 1;
  };
}

/** `filter` and `map`: the list is known only where every item is. */
function collector(
  condition: Evaluate | undefined,
  transform: Evaluate | undefined,
): Loop {
  return (items, scope, slot) => {
    const collected: KnownValue[] = [];
    for (const item of items) {
      if (!scope.spend(1)) return TOO_MUCH_WORK;
      scope.locals[slot] = item;
      const chosen = condition ? condition(scope) : true;
      if (chosen instanceof Unknown) return chosen;
      if (chosen === true) {
        const value = transform ? transform(scope) : item;
        if (value instanceof Unknown) return value;
        collected.push(value);
      } else if (chosen !== false) {
        return notBool(chosen, 'filter');
      }
    }
    return collected;
  };
}

function loopOf(
  macro: string,
  bodies: readonly SyntaxNode[],
  compilation: Compilation,
): Loop | undefined {
  const [first, second] = bodies.map(compilation.compile);
  const one = bodies.length === 1;
  if (macro === 'map') {
    return one ? collector(undefined, first) : collector(first, second);
  }
  if (!one) return undefined;
  switch (macro) {
    case 'all':
      return quantifier(first, false, macro);
    case 'exists':
      return quantifier(first, true, macro);
    case 'exists_one':
    case 'existsOne':
      return existsOne(first);
    default:
      return collector(first, undefined);
  }
}

/** The macros whose first argument is a variable that stands for one item after the other. */
export const LOOP_MACROS: ReadonlySet<string> = new Set([
  'all',
  'exists',
  'exists_one',
  'existsOne',
  'filter',
  'map',
]);

function compileBinding(node: Call, compilation: Compilation): Evaluate {
  const [variable, init, body] = node.args[2];
  if (variable.op !== 'id') {
    return compilation.refuse(variable, 'cel.bind() needs a name first');
  }
  const value = compilation.compile(init);
  return compilation.withLocal(variable.args, false, slot => {
    const rest = compilation.compile(body);
    return scope => {
      scope.locals[slot] = value(scope);
      return rest(scope);
    };
  });
}

/**
 * The macros over lists and maps (langdef, "Macros"), and `cel.bind`.
 *
 * @returns `undefined` for any other call
 */
export function compileMacro(
  node: Call,
  compilation: Compilation,
): Evaluate | undefined {
  const [macro, receiver, args] = node.args;
  const isBinding =
    macro === 'bind' && receiver.op === 'id' && receiver.args === 'cel';
  if (isBinding && args.length === 3) return compileBinding(node, compilation);
  if (!LOOP_MACROS.has(macro) || args.length < 2 || args.length > 3) {
    return undefined;
  }
  const [variable, ...bodies] = args;
  if (variable.op !== 'id') {
    return compilation.refuse(variable, `${macro}() needs a name first`);
  }
  const range = compilation.compile(receiver);
  const path = pathOf(receiver, compilation);
  const local =
    path?.root === 'local' ? compilation.locals.get(path.name) : undefined;
  const json = local
    ? local.json
    : path !== undefined && path.root !== 'variable';
  return compilation.withLocal(variable.args, json, slot => {
    const loop = loopOf(macro, bodies, compilation);
    if (!loop)
      return compilation.refuse(node, `${macro}() takes two arguments`);
    return scope => {
      const items = itemsOf(range(scope), macro);
      return items instanceof Unknown ? items : loop(items, scope, slot);
    };
  });
}
