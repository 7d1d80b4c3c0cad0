import { JsonObject, JsonValue } from '@backstage/types';
import { decodePointer } from './compileFactSchema';
import { createFactAjv } from './factAjv';

/**
 * A problem of the JSON Schema of a fact source; `path` is relative to the schema.
 * @public
 */
export interface FactSchemaProblem {
  path: string[];
  reason: string;
}

/**
 * Says why a JSON Schema (2020-12) cannot describe facts.
 *
 * @remarks
 * It must compile without references to other documents, describe an object, and be *total*: every property of every
 * object is required. A rule must be able to tell "not there" (written as `null`, `false` or `[]`) from "not known".
 * @public
 */
export function factSchemaProblems(schema: JsonObject): FactSchemaProblem[] {
  if (schema.type !== 'object') {
    return [
      { path: ['type'], reason: 'must be "object": a fact has named fields' },
    ];
  }
  // One instance per call: a schema with an $id would otherwise stay registered and clash with its next version.
  const ajv = createFactAjv({ allErrors: true });
  if (!ajv.validateSchema(schema)) {
    return (ajv.errors ?? []).map(error => ({
      path: error.instancePath.split('/').slice(1).map(decodePointer),
      reason: `is not JSON Schema: ${error.message}`,
    }));
  }
  try {
    ajv.compile(schema);
  } catch (error) {
    return [
      {
        path: [],
        reason: `is not usable JSON Schema: ${(error as Error).message}`,
      },
    ];
  }
  return optionalProperties(schema, []);
}

// Keywords whose value is data, not schema.
const DATA_KEYWORDS = new Set(['const', 'default', 'enum', 'examples']);

function optionalProperties(
  schema: JsonValue | undefined,
  path: string[],
): FactSchemaProblem[] {
  if (Array.isArray(schema)) {
    return schema.flatMap((item, index) =>
      optionalProperties(item, [...path, String(index)]),
    );
  }
  if (typeof schema !== 'object' || schema === null) {
    return [];
  }
  // Below "properties" the keys are names of fields; everywhere else they are keywords.
  const namesFields = ['properties', '$defs', 'patternProperties'].includes(
    path[path.length - 1],
  );
  const required = Array.isArray(schema.required) ? schema.required : [];
  const missing =
    namesFields || typeof schema.properties !== 'object'
      ? []
      : Object.keys(schema.properties ?? {}).filter(
          name => !required.includes(name),
        );
  return [
    ...missing.map(name => ({
      path: [...path, 'properties', name],
      reason: `must be listed in "required": write the absence of a value as null, false or []`,
    })),
    ...Object.entries(schema)
      .filter(([key]) => namesFields || !DATA_KEYWORDS.has(key))
      .flatMap(([key, value]) => optionalProperties(value, [...path, key])),
  ];
}
