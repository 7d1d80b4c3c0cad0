import { JsonObject, JsonValue } from '@backstage/types';
import { and, field, literal, not, or } from './cel';
import { FactCondition, ImportProblem } from './checks';
import { FactShape } from './FactShape';

const ORDER: Record<string, string | undefined> = {
  lessThan: '<',
  lessThanInclusive: '<=',
  greaterThan: '>',
  greaterThanInclusive: '>=',
};
const OPERATORS = [
  'equal',
  'notEqual',
  'in',
  'notIn',
  'contains',
  'doesNotContain',
  ...Object.keys(ORDER),
];
const PATH = /^\$((?:\.[\w-]+|\['[^'\\]+'\])*)$/;

/**
 * @param steps - from the fact to what is compared
 * @param outer - conditions under which what is compared is there
 */
function equalTo(
  value: JsonValue,
  steps: readonly string[],
  outer: readonly string[],
): string {
  const test = `${steps[steps.length - 1]} == ${literal(value)}`;
  if (value !== null || steps.length === 1) return and([...outer, test]);
  // A path into null gives null to the engine, one into what is not there gives nothing, which is not null.
  return or([`${steps[0]} == null`, and([...outer.slice(1), test])]);
}

/** Makes CEL of conditions, and notes what the facts that they read look like. */
export class ConditionConverter {
  readonly problems: ImportProblem[] = [];
  readonly #source: string;
  readonly #shape: FactShape;

  /** @param source - id of the fact source that will hold the facts */
  static create(source: string, shape: FactShape): ConditionConverter {
    return new ConditionConverter(source, shape);
  }

  private constructor(source: string, shape: FactShape) {
    this.#source = source;
    this.#shape = shape;
  }

  /** @returns an expression that is true where the conditions hold, and false where they do not */
  convert(conditions: JsonValue | undefined, path: string): string {
    if (
      typeof conditions !== 'object' ||
      conditions === null ||
      Array.isArray(conditions)
    ) {
      return this.#refuse(path, 'must be a condition');
    }
    for (const [key, combine] of [
      ['all', and],
      ['any', or],
    ] as const) {
      const parts = conditions[key];
      if (parts !== undefined) {
        if (!Array.isArray(parts)) {
          return this.#refuse(`${path}.${key}`, 'must be a list');
        }
        const converted = parts.map((part, index) =>
          this.convert(part, `${path}.${key}[${index}]`),
        );
        // The engine takes an empty list for true, under "any", too.
        return converted.length > 0 ? combine(converted) : 'true';
      }
    }
    if (conditions.not !== undefined) {
      return not(this.convert(conditions.not, `${path}.not`));
    }
    if (conditions.condition !== undefined) {
      return this.#refuse(
        `${path}.condition`,
        'refers to a condition that the code of the backend adds: write it out here',
      );
    }
    return this.#compare(conditions, path);
  }

  #compare(condition: JsonObject, path: string): string {
    const { fact, operator, value, path: at, params } = condition;
    if (typeof fact !== 'string' || typeof operator !== 'string') {
      return this.#refuse(path, 'needs a fact and an operator');
    }
    if (!OPERATORS.includes(operator)) {
      return this.#refuse(
        `${path}.operator`,
        `"${operator}" is no operator of json-rules-engine itself: write the rule in CEL, where semver() compares versions and matches() compares patterns`,
      );
    }
    if (value === undefined) {
      return this.#refuse(`${path}.value`, 'is missing');
    }
    if (params !== undefined) {
      return this.#refuse(
        `${path}.params`,
        'are for facts that are computed on demand, which a fact source does not do',
      );
    }
    const names = this.#namesOf(at, path);
    if (!names) return 'false';
    const subject = { fact, operator, value };
    return typeof value === 'object' && value !== null && 'fact' in value
      ? this.#pair(subject, names, path)
      : this.#apply(subject, [fact, ...names], path);
  }

  /** The names that a JSON path goes through; undefined where it does more than that. */
  #namesOf(
    at: JsonValue | undefined,
    path: string,
  ): readonly string[] | undefined {
    if (at === undefined || at === '') return [];
    const steps = typeof at === 'string' ? PATH.exec(at)?.[1] : undefined;
    if (steps === undefined) {
      this.#refuse(
        `${path}.path`,
        `${JSON.stringify(
          at,
        )} does more than name fields, such as $.a.b: write the rule in CEL`,
      );
      return undefined;
    }
    return [...steps.matchAll(/\.([\w-]+)|\['([^']+)'\]/g)].map(
      ([, bare, quoted]) => bare ?? quoted,
    );
  }

  /** One fact with a fixed value. */
  #apply(
    { operator, value }: Pick<FactCondition, 'operator' | 'value'>,
    names: readonly string[],
    path: string,
  ): string {
    const shape = names.reduce((at, name) => at.at(name), this.#shape);
    const steps = names.map((_, index) =>
      this.#access(names.slice(0, index + 1)),
    );
    const subject = steps[steps.length - 1];
    const outer = steps.slice(0, -1).map(step => `${step} != null`);
    const known = [...outer, `${subject} != null`];
    const relation = ORDER[operator];
    if (relation) {
      if (typeof value !== 'number') {
        return this.#refuse(
          `${path}.value`,
          'must be a number: the engine would compare texts letter by letter',
        );
      }
      shape.ordered();
      return and([...known, `${subject} ${relation} ${literal(value)}`]);
    }
    const values = operator === 'in' || operator === 'notIn' ? value : [value];
    if (!Array.isArray(values)) {
      return this.#refuse(`${path}.value`, 'must be a list');
    }
    const unusable = values.find(
      one => typeof one === 'object' && one !== null,
    );
    if (unusable !== undefined) {
      return this.#refuse(
        `${path}.value`,
        'holds a list or an object, which the engine finds equal to nothing',
      );
    }
    if (
      values.some(one => typeof one === 'string' && /\p{Surrogate}/u.test(one))
    ) {
      return this.#refuse(`${path}.value`, 'holds half a character');
    }
    if (operator === 'contains' || operator === 'doesNotContain') {
      shape.searchedFor(value);
      const found = `${literal(value)} in ${subject}`;
      return and([...known, operator === 'contains' ? found : not(found)]);
    }
    values.forEach(one => shape.comparedWith(one));
    const isOneOf = or(values.map(one => equalTo(one, steps, outer)));
    return operator === 'equal' || operator === 'in' ? isOneOf : not(isOneOf);
  }

  /** Two facts with each other. */
  #pair(
    { fact, operator, value }: FactCondition,
    names: readonly string[],
    path: string,
  ): string {
    const other = value as JsonObject;
    const relation = ORDER[operator];
    const isEquality = operator === 'equal' || operator === 'notEqual';
    if (
      typeof other.fact !== 'string' ||
      other.path !== undefined ||
      other.params !== undefined ||
      names.length > 0 ||
      (!relation && !isEquality)
    ) {
      return this.#refuse(
        `${path}.value`,
        'may be another fact only as a whole, and for equal, notEqual and the orders: write the rule in CEL',
      );
    }
    const [left, right] = [this.#access([fact]), this.#access([other.fact])];
    for (const shape of [this.#shape.at(fact), this.#shape.at(other.fact)]) {
      shape.paired();
      if (relation) shape.ordered();
    }
    if (!relation) {
      return `${left} ${operator === 'equal' ? '==' : '!='} ${right}`;
    }
    // Null on the right is 0 to the engine, on the left it is no number.
    return and([
      `${left} != null`,
      or([
        and([`${right} != null`, `${left} ${relation} ${right}`]),
        and([`${right} == null`, `${left} ${relation} 0`]),
      ]),
    ]);
  }

  #access(names: readonly string[]): string {
    return names.reduce(field, `facts.${this.#source}`);
  }

  #refuse(path: string, reason: string): string {
    this.problems.push({ path, reason });
    return 'false';
  }
}
