import type { Fact } from '../facts';
import { ruleError, Unknown } from '../values/Unknown';
import type { CelValue, KnownValue, PlainMap } from '../values/values';
import type { Evaluate } from './Compilation';
import type { RuleScope } from './RuleScope';

// Plain property access answers for these names with something inherited, or with the length of a text.
const INHERITED = new Set(
  [Object, Array, String, Number, Boolean].flatMap(type =>
    Object.getOwnPropertyNames(type.prototype),
  ),
);

/** Whether a name must not be read from a JSON document by plain property access. */
export function isInherited(key: string): boolean {
  return INHERITED.has(key) || /^\d+$/.test(key);
}

/** A place in a JSON document; null and scalars have no fields, so reading one is harmless. */
type Place = PlainMap | null | undefined;

function field(place: KnownValue | undefined, key: string) {
  return (place as Place)?.[key];
}

/** The steps into a JSON document along names that nothing inherits, where plain property access is enough. */
class Steps {
  readonly #keys: readonly string[];
  readonly #absent: readonly Unknown[];

  constructor(keys: readonly string[]) {
    this.#keys = keys;
    this.#absent = keys.map(key => ruleError(`no such field: ${key}`));
  }

  /** The value at the end of the steps from a place, or the error of the first field that is absent. */
  from(place: KnownValue): CelValue {
    let value = place;
    for (let index = 0; index < this.#keys.length; index += 1) {
      const next = field(value, this.#keys[index]);
      if (next === undefined) return this.#absent[index];
      value = next;
    }
    return value;
  }
}

/** Reads a path from what a closure gives. */
export function readDocument(
  root: Evaluate,
  keys: readonly string[],
): Evaluate {
  const steps = new Steps(keys);
  return scope => {
    const value = root(scope);
    return value instanceof Unknown ? value : steps.from(value);
  };
}

/** Whether a fact can be read now; notes until when. */
function isFresh(fact: Fact | undefined, scope: RuleScope): boolean {
  if (fact === undefined || fact.payload === undefined) return false;
  const { freshUntil } = fact;
  if (freshUntil < scope.nextChangeAt) {
    if (freshUntil <= scope.now) return false;
    scope.nextChangeAt = freshUntil;
  }
  return true;
}

/**
 * Reads a path from the fact of a source. Most of what rules do is this, so the common lengths have closures of their
 * own, in which nothing is called.
 */
export function readFact(source: string, keys: readonly string[]): Evaluate {
  const missing = Unknown.create('missing', `${source}: no fact`, source);
  const stale = Unknown.create('stale', `${source}: out of date`, source);
  const inherited = isInherited(source);
  const notFresh = (fact: Fact | undefined): Unknown =>
    fact === undefined ? missing : fact.unknown ?? stale;
  const steps = new Steps(keys);
  const [first, second] = keys;
  if (inherited || keys.length === 0 || keys.length > 2) {
    return scope => {
      const fact = Object.hasOwn(scope.facts, source)
        ? scope.facts[source]
        : undefined;
      return isFresh(fact, scope) ? steps.from(fact!.payload!) : notFresh(fact);
    };
  }
  if (keys.length === 1) {
    return scope => {
      const fact = scope.facts[source];
      if (!isFresh(fact, scope)) return notFresh(fact);
      const value = fact.payload![first];
      return value === undefined ? steps.from(fact.payload!) : value;
    };
  }
  return scope => {
    const fact = scope.facts[source];
    if (!isFresh(fact, scope)) return notFresh(fact);
    const place = fact.payload![first] as Place;
    const value = place?.[second];
    return value === undefined ? steps.from(fact.payload!) : value;
  };
}
