import { nearest } from '@waymark/waymark-common';
import { LOOP_MACROS } from '../compile/macros';
import { childrenOf, SyntaxNode } from '../syntax';
import {
  FactSchema,
  itemSchema,
  propertiesOf,
  propertySchema,
} from './factSchema';

/** A place in an expression, and what is wrong with it. */
export interface LocatedProblem {
  /** Offset into the expression. */
  readonly position: number;
  readonly reason: string;
}

/** What a node stands for: the facts, a place in one of them, or anything else. */
type Place = 'facts' | { schema: FactSchema; path: string } | undefined;
type Places = ReadonlyMap<string, Place>;

/**
 * Finds names of facts that no source declares, behind `has()` and `.?` too, where evaluation would quietly say "not
 * there".
 */
export class FactPathChecker {
  readonly #schemas: Readonly<Record<string, FactSchema>>;
  readonly #problems: LocatedProblem[] = [];

  static check(
    node: SyntaxNode,
    schemas: Readonly<Record<string, FactSchema>>,
  ): LocatedProblem[] {
    const checker = new FactPathChecker(schemas);
    checker.#placeOf(node, new Map([['facts', 'facts' as const]]));
    return checker.#problems;
  }

  private constructor(schemas: Readonly<Record<string, FactSchema>>) {
    this.#schemas = schemas;
  }

  #placeOf(node: SyntaxNode, places: Places): Place {
    switch (node.op) {
      case 'id':
        return places.get(node.args);
      case '.':
      case '.?':
        return this.#field(
          this.#placeOf(node.args[0], places),
          node.args[1],
          node.end - node.args[1].length,
        );
      case '[]':
      case '[?]':
        return this.#element(node.args, places);
      case 'rcall':
        return this.#loop(node, places);
      default:
        for (const child of childrenOf(node)) this.#placeOf(child, places);
        return undefined;
    }
  }

  #element(
    [container, key]: readonly [SyntaxNode, SyntaxNode],
    places: Places,
  ): Place {
    const place = this.#placeOf(container, places);
    this.#placeOf(key, places);
    if (key.op === 'value' && typeof key.args === 'string') {
      return this.#field(place, key.args, key.start);
    }
    if (place === 'facts') {
      this.#report(key.start, 'the id of a source must be written out');
      return undefined;
    }
    const schema = place && itemSchema(place.schema);
    return schema && { schema, path: `${place.path}[]` };
  }

  #field(place: Place, name: string, position: number): Place {
    if (place === undefined) return undefined;
    const declared =
      place === 'facts' ? this.#schemas : propertiesOf(place.schema);
    const path = place === 'facts' ? name : `${place.path}.${name}`;
    if (declared && !Object.hasOwn(declared, name)) {
      const prefix = path.slice(0, path.length - name.length);
      this.#report(
        position,
        `unknown fact ${path}${hint(prefix, name, Object.keys(declared))}`,
      );
      return undefined;
    }
    const schema =
      place === 'facts'
        ? this.#schemas[name]
        : propertySchema(place.schema, name);
    return schema && { schema, path };
  }

  /** The variable of a loop over a list of a fact stands for its items. */
  #loop(node: SyntaxNode & { op: 'rcall' }, places: Places): Place {
    const [name, receiver, args] = node.args;
    const place = this.#placeOf(receiver, places);
    const [variable, ...bodies] = args;
    if (!LOOP_MACROS.has(name) || variable?.op !== 'id') {
      for (const argument of args) this.#placeOf(argument, places);
      return undefined;
    }
    const list = place === 'facts' ? undefined : place;
    const schema = list && itemSchema(list.schema);
    const item = schema && { schema, path: `${list.path}[]` };
    const inner = new Map([...places, [variable.args, item as Place]]);
    for (const body of bodies) this.#placeOf(body, inner);
    return name === 'filter' ? place : undefined;
  }

  #report(position: number, reason: string): void {
    this.#problems.push({ position, reason });
  }
}

function hint(prefix: string, name: string, known: readonly string[]): string {
  const candidate = nearest(name, known);
  return candidate
    ? `: did you mean ${prefix}${candidate}?`
    : ` (known: ${known.map(key => prefix + key).join(', ') || 'none'})`;
}
