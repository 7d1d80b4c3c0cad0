import { JsonObject } from '@backstage/types';

type Scalar = 'boolean' | 'number' | 'string';

/**
 * What facts must look like for the rules that read them: gathered from the rules, because the checks of Tech Insights do
 * not say it.
 */
export class FactShape {
  readonly #scalars = new Set<Scalar>();
  readonly #items = new Set<Scalar>();
  readonly #properties = new Map<string, FactShape>();
  #isOrdered = false;
  #isList = false;
  #isPaired = false;

  static create(): FactShape {
    return new FactShape();
  }

  private constructor() {}

  /** Of a property of it. */
  at(name: string): FactShape {
    const known = this.#properties.get(name);
    if (known) return known;
    const shape = new FactShape();
    this.#properties.set(name, shape);
    return shape;
  }

  /** It is compared with a value. */
  comparedWith(value: unknown): void {
    const type = typeof value;
    if (type === 'boolean' || type === 'number' || type === 'string') {
      this.#scalars.add(type);
    }
  }

  /** It is a list in which a value is looked for. */
  searchedFor(value: unknown): void {
    this.#isList = true;
    const type = typeof value;
    if (type === 'boolean' || type === 'number' || type === 'string') {
      this.#items.add(type);
    }
  }

  /** It is a number that is ordered. */
  ordered(): void {
    this.#isOrdered = true;
  }

  /** It is compared with another fact. */
  paired(): void {
    this.#isPaired = true;
  }

  /** Why it cannot be all that the rules take it for; undefined where it can. */
  get contradiction(): string | undefined {
    const uses = [
      this.#isOrdered && 'a number',
      this.#isList && 'a list',
      this.#properties.size > 0 && 'an object',
    ].filter(Boolean);
    if (uses.length > 1) {
      return `is taken for ${uses.join(' and for ')}`;
    }
    return this.#isPaired && (this.#isList || this.#properties.size > 0)
      ? `is compared with another fact as a whole, though it is ${uses[0]}`
      : undefined;
  }

  /** Each of its properties that contradict themselves. */
  contradictions(path: string): { path: string; reason: string }[] {
    const own = this.contradiction;
    return [
      ...(own ? [{ path, reason: own }] : []),
      ...[...this.#properties].flatMap(([name, shape]) =>
        shape.contradictions(`${path}.${name}`),
      ),
    ];
  }

  /** The schema of the object that has its properties. */
  objectSchema(): JsonObject {
    const names = [...this.#properties.keys()].sort();
    return {
      type: 'object',
      additionalProperties: false,
      required: names,
      properties: Object.fromEntries(
        names.map(name => [name, this.at(name).#schema()]),
      ),
    };
  }

  #schema(): JsonObject {
    if (this.#properties.size > 0) {
      return { ...this.objectSchema(), type: ['object', 'null'] };
    }
    if (this.#isList) {
      const items = [...this.#items].sort();
      return {
        type: ['array', 'null'],
        items: items.length > 0 ? { type: items } : {},
      };
    }
    if (this.#isOrdered) return { type: ['number', 'null'] };
    const scalars =
      this.#scalars.size > 0
        ? [...this.#scalars].sort()
        : ['boolean', 'number', 'string'];
    return { type: [...scalars, 'null'] };
  }
}
