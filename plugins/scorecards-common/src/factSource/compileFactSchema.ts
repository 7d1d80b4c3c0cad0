import { JsonObject } from '@backstage/types';
import type { ErrorObject } from 'ajv';
import { createFactAjv } from './factAjv';

/**
 * Why a payload is no fact of a source.
 * @public
 */
export interface FactProblem {
  /** Where in the payload; numbers are positions in lists. */
  path: (string | number)[];
  /** The rest of a sentence that begins with the path. */
  reason: string;
}

/**
 * Compiles the schema of a fact source, once for all payloads of it.
 *
 * @param schema - one in which `factSchemaProblems` found nothing
 * @returns a function that gives the first problem of a payload, or undefined
 * @public
 */
export function compileFactSchema(
  schema: JsonObject,
): (payload: JsonObject) => FactProblem | undefined {
  // One error only: a payload decides how many there could be, and its sender needs the first.
  const validate = createFactAjv({ allErrors: false }).compile(schema);
  return payload =>
    validate(payload) ? undefined : toProblem(validate.errors![0], payload);
}

function toProblem(error: ErrorObject, payload: JsonObject): FactProblem {
  const path = pathOf(error.instancePath, payload);
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return { path: [...path, params.missingProperty], reason: 'is missing' };
    case 'additionalProperties':
      return {
        path: [...path, params.additionalProperty],
        reason: 'is not in the schema of the source',
      };
    case 'unevaluatedProperties':
      return {
        path: [...path, params.unevaluatedProperty],
        reason: 'is not in the schema of the source',
      };
    case 'enum':
      return {
        path,
        reason: `must be one of ${params.allowedValues
          .map((value: unknown) => JSON.stringify(value))
          .join(', ')}`,
      };
    default:
      return {
        path,
        reason: error.message ?? 'is not what the schema asks for',
      };
  }
}

/** A JSON Pointer does not say whether `0` is a position or a name; the value does. */
function pathOf(pointer: string, payload: JsonObject): (string | number)[] {
  let value: unknown = payload;
  return pointer
    .split('/')
    .slice(1)
    .map(decodePointer)
    .map(segment => {
      const key = Array.isArray(value) ? Number(segment) : segment;
      value = Reflect.get(value as object, segment);
      return key;
    });
}

/** One segment of a JSON Pointer (RFC 6901). */
export function decodePointer(segment: string): string {
  return segment.replace(/~1/g, '/').replace(/~0/g, '~');
}
