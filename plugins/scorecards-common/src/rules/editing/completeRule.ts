import type { FactSourceSpec } from '../../factSource';
import {
  FactSchema,
  itemSchema,
  propertiesOf,
  propertySchema,
  typesOf,
} from '../adoption/factSchema';
import { FUNCTION_SIGNATURES, ReceiverType } from './functionSignatures';

/**
 * Something that may stand where one writes.
 * @public
 */
export interface RuleCompletion {
  /** What would be written. */
  label: string;
  kind: 'variable' | 'field' | 'function' | 'keyword';
  /** Its type, or how it is called. */
  detail?: string;
  description?: string;
}

/**
 * What may stand at a place of an expression.
 * @public
 */
export interface RuleCompletions {
  /** Offset into the expression, where what is being written begins. */
  from: number;
  options: RuleCompletion[];
}

/** What a completion has to know of a fact source. @public */
export type CompletedFactSource = Pick<FactSourceSpec, 'id' | 'schema'> & {
  title?: string;
  description?: string;
};

/** A place in the facts or in the entity; `undefined` where nothing is known of it. */
type Place =
  | { root: 'facts' }
  | { root: 'schema'; schema: FactSchema }
  | undefined;

const TEXT = { type: 'string' } as const;
const TEXTS = { type: 'array', items: TEXT } as const;
const NAMES = { type: 'object', additionalProperties: TEXT } as const;
const described = (schema: FactSchema, description: string): FactSchema => ({
  ...schema,
  description,
});

/** What the catalog has of every entity, and what most kinds have. */
const ENTITY: FactSchema = {
  type: 'object',
  properties: {
    apiVersion: TEXT,
    kind: described(TEXT, 'Such as Component.'),
    metadata: {
      type: 'object',
      description: 'What every kind has.',
      properties: {
        name: TEXT,
        namespace: TEXT,
        title: TEXT,
        description: TEXT,
        tags: TEXTS,
        labels: NAMES,
        annotations: NAMES,
        links: {
          type: 'array',
          items: { type: 'object', properties: { url: TEXT, title: TEXT } },
        },
      },
    },
    spec: {
      type: 'object',
      description: 'What its kind has.',
      properties: {
        type: described(TEXT, 'Such as service.'),
        lifecycle: described(TEXT, 'Such as production.'),
        owner: described(TEXT, 'As it stands in the file.'),
        system: described(TEXT, 'As it stands in the file.'),
        subcomponentOf: TEXT,
        providesApis: TEXTS,
        consumesApis: TEXTS,
        dependsOn: TEXTS,
      },
    },
    relations: {
      type: 'array',
      description: 'To other entities.',
      items: { type: 'object', properties: { type: TEXT, targetRef: TEXT } },
    },
  },
};

const LOOP =
  /([A-Za-z_][\w.?]*)\.(?:all|exists|exists_one|existsOne|filter|map)\(\s*([A-Za-z_]\w*)\s*,/g;
const WORD = /(?:[A-Za-z_]\w*(?:\[\d+\])?(?:\.\??))*[A-Za-z_]?\w*$/;
const KEYWORDS = ['true', 'false', 'null', 'in'];

const isObject = (value: unknown): value is FactSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The type of a fact in words, such as `list<object>` or `string or null`. */
function wordsOf(schema: FactSchema | undefined): string {
  if (!schema) return 'any';
  const { types, nullable } = typesOf(schema);
  const words = types.map(type =>
    type === 'array' ? `list<${wordsOf(itemSchema(schema))}>` : type,
  );
  return [
    ...(words.length > 0 ? words : ['any']),
    ...(nullable ? ['null'] : []),
  ]
    .filter((word, index, all) => all.indexOf(word) === index)
    .join(' or ');
}

const asCompletion = ({
  name,
  signature,
  description,
}: (typeof FUNCTION_SIGNATURES)[number]): RuleCompletion => ({
  label: name,
  kind: 'function',
  detail: signature,
  description,
});

const RECEIVERS: Record<string, ReceiverType[]> = {
  string: ['string'],
  array: ['list'],
  object: ['map'],
  boolean: [],
  integer: [],
  number: [],
};

/** The methods of what a schema describes; all, where nothing is said. */
function methodsOf(schema: FactSchema | undefined): RuleCompletion[] {
  const types = schema && typesOf(schema).types;
  const receivers =
    types && types.length > 0
      ? types.flatMap(type => RECEIVERS[type] ?? [])
      : undefined;
  const isFixed = schema !== undefined && propertiesOf(schema) !== undefined;
  return FUNCTION_SIGNATURES.filter(
    ({ on }) =>
      on &&
      !isFixed &&
      (receivers === undefined || on.some(type => receivers.includes(type))),
  ).map(asCompletion);
}

/** Completes rules over fact sources, with what the checker would accept. */
class RuleCompleter {
  readonly #sources: readonly CompletedFactSource[];
  readonly #locals = new Map<string, Place>();

  constructor(sources: readonly CompletedFactSource[], before: string) {
    this.#sources = sources;
    for (const [, receiver, variable] of before.matchAll(LOOP)) {
      const list = this.#placeOf(receiver.split(/\.\??/));
      const schema = list?.root === 'schema' && itemSchema(list.schema);
      this.#locals.set(
        variable,
        schema ? { root: 'schema', schema } : undefined,
      );
    }
  }

  /** What may stand behind a path; at the beginning where it is empty. */
  after(path: readonly string[]): RuleCompletion[] {
    if (path.length === 0) return this.#beginnings();
    const place = this.#placeOf(path);
    if (place?.root === 'facts') {
      return this.#sources.map(({ id, title, description }) => ({
        label: id,
        kind: 'field',
        detail: 'facts',
        description: description ?? title,
      }));
    }
    if (place?.root !== 'schema') return methodsOf(undefined);
    const { schema } = place;
    const fields = Object.keys(propertiesOf(schema) ?? {}).map(
      (name): RuleCompletion => {
        const field = propertySchema(schema, name);
        return {
          label: name,
          kind: 'field',
          detail: wordsOf(field),
          ...(typeof field?.description === 'string' && {
            description: field.description,
          }),
        };
      },
    );
    return [...fields, ...methodsOf(schema)];
  }

  #beginnings(): RuleCompletion[] {
    return [
      {
        label: 'facts',
        kind: 'variable',
        description: 'What is known of the entity, by the id of the source.',
      },
      {
        label: 'entity',
        kind: 'variable',
        description: 'The entity as the catalog has it.',
      },
      ...[...this.#locals].map(
        ([label, place]): RuleCompletion => ({
          label,
          kind: 'variable',
          detail: place?.root === 'schema' ? wordsOf(place.schema) : undefined,
        }),
      ),
      ...FUNCTION_SIGNATURES.filter(({ on }) => !on).map(asCompletion),
      ...KEYWORDS.map(label => ({ label, kind: 'keyword' as const })),
    ];
  }

  #placeOf([root, ...keys]: readonly string[]): Place {
    const start = this.#rootOf(root);
    return keys.reduce<Place>((place, key) => this.#step(place, key), start);
  }

  #rootOf(text: string): Place {
    const name = text.replace(/\[\d+\]$/, '');
    if (name === 'facts') return { root: 'facts' };
    if (name === 'entity') return { root: 'schema', schema: ENTITY };
    return this.#locals.get(name);
  }

  #step(place: Place, text: string): Place {
    const [, name, index] = /^(\w*)(\[\d+\])?$/.exec(text) ?? [];
    const schema =
      place?.root === 'facts'
        ? this.#sources.find(({ id }) => id === name)?.schema
        : place?.root === 'schema' && propertySchema(place.schema, name);
    if (!isObject(schema)) return undefined;
    const reached = index ? itemSchema(schema) : schema;
    return reached && { root: 'schema', schema: reached };
  }
}

/** Whether a text in quotes has begun and not ended. */
function isInText(before: string): boolean {
  let quote: string | undefined;
  for (let index = 0; index < before.length; index += 1) {
    const char = before[index];
    if (quote && char === '\\') index += 1;
    else if (char === quote) quote = undefined;
    else if (!quote && (char === "'" || char === '"')) quote = char;
  }
  return quote !== undefined;
}

/**
 * What may stand at a place of a rule: facts with their types, fields of the entity, variables of loops, functions.
 *
 * @param position - offset of the cursor into the expression, which may still be unfinished
 * @returns undefined inside of a text
 * @public
 */
export function completeRule(
  expression: string,
  position: number,
  sources: readonly CompletedFactSource[],
): RuleCompletions | undefined {
  const before = expression.slice(0, position);
  if (isInText(before)) return undefined;
  const [written] = WORD.exec(before) ?? [''];
  const steps = written.split(/\.\??/);
  const word = steps.pop() ?? '';
  const char = before[before.length - written.length - 1];
  // Behind a call nothing is known of the value.
  const path = written === word && char === '.' ? ['()'] : steps;
  return {
    from: position - word.length,
    options: new RuleCompleter(sources, before).after(path),
  };
}
