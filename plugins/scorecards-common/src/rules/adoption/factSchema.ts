import type { JsonObject, JsonValue } from '@backstage/types';

/** One place of the schema of a fact source. */
export type FactSchema = JsonObject;

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The JSON types that a schema allows, `null` apart. */
export function typesOf(schema: FactSchema): {
  types: readonly string[];
  nullable: boolean;
} {
  const { type } = schema;
  const types = (Array.isArray(type) ? type : [type]).filter(
    (name): name is string => typeof name === 'string',
  );
  return {
    types: types.filter(name => name !== 'null'),
    nullable: types.includes('null'),
  };
}

/** The declared properties; `undefined` where any name may be one. */
export function propertiesOf(
  schema: FactSchema,
): Readonly<Record<string, JsonValue | undefined>> | undefined {
  const { properties, additionalProperties } = schema;
  if (isObject(properties)) return properties;
  return additionalProperties === false ? {} : undefined;
}

/** The schema of a property; `undefined` where nothing is said of it. */
export function propertySchema(
  schema: FactSchema,
  name: string,
): FactSchema | undefined {
  const { properties, additionalProperties } = schema;
  const declared =
    isObject(properties) && Object.hasOwn(properties, name)
      ? properties[name]
      : additionalProperties;
  return isObject(declared) ? declared : undefined;
}

/** Whether the place that fields lead to holds whole numbers, or null. */
export function isWholeNumberAt(
  schema: FactSchema | undefined,
  fields: readonly string[],
): boolean {
  const place = fields.reduce<FactSchema | undefined>(
    (outer, field) => outer && propertySchema(outer, field),
    schema,
  );
  const types = place ? typesOf(place).types : [];
  return types.length === 1 && types[0] === 'integer';
}

/** The schema of the items of a list; `undefined` where nothing is said of them. */
export function itemSchema(schema: FactSchema): FactSchema | undefined {
  return isObject(schema.items) ? schema.items : undefined;
}
