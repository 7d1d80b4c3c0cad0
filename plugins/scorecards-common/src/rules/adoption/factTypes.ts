import { Environment } from '@marcbachmann/cel-js';
import { SYNTAX_OPTIONS } from '../syntax';
import {
  FactSchema,
  itemSchema,
  propertiesOf,
  propertySchema,
  typesOf,
} from './factSchema';

const SCALARS: Record<string, string> = {
  boolean: 'bool',
  integer: 'int',
  number: 'double',
  string: 'string',
};
const DURATION = 'google.protobuf.Duration';
const VERSION = 'SemanticVersion';

// The environment is for checking only; whoever evaluates with it has made a mistake.
function neverCalled(): never {
  throw new Error('rules are not evaluated by the library');
}

class FactTypeRegistry {
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** The name of the type of a schema; objects with known properties become a type of their own. */
  nameOf(schema: FactSchema | undefined, place: string): string {
    if (!schema) return 'dyn';
    const { types, nullable } = typesOf(schema);
    // What may be null, or of several types, is known only when it is there.
    if (nullable || types.length !== 1) {
      return 'dyn';
    }
    const [type] = types;
    if (type === 'array') {
      return `list<${this.nameOf(itemSchema(schema), `${place}.items`)}>`;
    }
    if (type !== 'object') return SCALARS[type] ?? 'dyn';
    const properties = propertiesOf(schema);
    return properties
      ? this.#register(place, schema, Object.keys(properties))
      : `map<string, ${this.nameOf(
          propertySchema(schema, ''),
          `${place}.values`,
        )}>`;
  }

  #register(name: string, schema: FactSchema, keys: string[]): string {
    const fields = Object.fromEntries(
      keys.map(key => [
        key,
        this.nameOf(propertySchema(schema, key), `${name}.${typeWord(key)}`),
      ]),
    );
    this.#environment.registerType({ name, fields });
    return name;
  }
}

// Names of types are words with dots; names of fields may be anything.
function typeWord(key: string): string {
  return key.replace(
    /[^a-zA-Z0-9]/g,
    character => `_${character.charCodeAt(0)}_`,
  );
}

function withFunctions(environment: Environment): Environment {
  environment.registerType({ name: VERSION, fields: {} });
  for (const relation of ['<', '<=', '>', '>=', '==']) {
    environment.registerOperator(
      `${VERSION} ${relation} ${VERSION}`,
      neverCalled,
    );
  }
  const signatures = [
    'ageDays(string): int',
    'ageDays(google.protobuf.Timestamp): int',
    `days(int): ${DURATION}`,
    `within(list<A>, ${DURATION}): list<A>`,
    `semver(string): ${VERSION}`,
  ];
  for (const signature of signatures) {
    environment.registerFunction(signature, neverCalled);
  }
  return environment;
}

/**
 * The library's environment in which rules over these sources are checked.
 *
 * @param schemas - JSON Schemas by id of their source
 */
export function checkingEnvironment(
  schemas: Readonly<Record<string, FactSchema>>,
): Environment {
  const environment = withFunctions(new Environment(SYNTAX_OPTIONS));
  const types = new FactTypeRegistry(environment);
  const fields = Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [
      id,
      types.nameOf(schema, `facts.${id}`),
    ]),
  );
  environment.registerType({ name: 'facts', fields });
  return environment
    .registerVariable('facts', 'facts')
    .registerVariable('entity', 'map<string, dyn>');
}
