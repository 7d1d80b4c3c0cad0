import { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { Operation } from './operation';

const ERROR = { $ref: '#/components/schemas/Error' };

/** The error body of Backstage. */
const ERROR_SCHEMA = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: { name: { type: 'string' }, message: { type: 'string' } },
    },
  },
};

/** Makes JSON Schemas, and gathers the recursive ones, which have to stand apart. */
class Schemas {
  readonly apart: Record<string, unknown> = {};

  of(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
    const made = z.toJSONSchema(schema, {
      io,
      // What a parameter is turned into has no schema, only what is sent.
      unrepresentable: 'any',
    });
    const moved = JSON.parse(
      JSON.stringify(made).replaceAll('#/$defs/', '#/components/schemas/'),
    );
    const { $schema: _, $defs, ...rest } = moved;
    Object.assign(this.apart, $defs);
    return rest;
  }
}

function parameters(
  place: 'query' | 'header',
  object: z.ZodType | undefined,
  schemas: Schemas,
): JsonObject[] {
  if (!object) return [];
  const schema = schemas.of(object, 'input');
  const required = (schema.required ?? []) as string[];
  return Object.entries((schema.properties ?? {}) as JsonObject).map(
    ([name, property]) => ({
      name,
      in: place,
      required: required.includes(name),
      schema: property,
    }),
  );
}

function describe(operation: Operation, schemas: Schemas): JsonObject {
  const { path, summary, principals, body, answer, status = 200 } = operation;
  const { mediaType = 'application/json' } = operation;
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  return {
    summary,
    // Each entry is a way in of its own.
    security: [
      ...(principals.some(principal => principal !== 'machine')
        ? [{ bearer: [] }]
        : []),
      ...(principals.includes('machine') ? [{ machine: [] }] : []),
    ],
    parameters: [
      ...names.map(name => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
      })),
      ...parameters('query', operation.query, schemas),
      ...parameters('header', operation.headers, schemas),
    ],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemas.of(body, 'input') } },
      },
    }),
    responses: {
      [String(status)]: {
        description: summary,
        content: { [mediaType]: { schema: schemas.of(answer, 'output') } },
      },
      default: {
        description: 'What is wrong',
        content: { 'application/json': { schema: ERROR } },
      },
    },
  };
}

/**
 * The OpenAPI 3.1 document of operations.
 * @public
 */
export function openApiDocument(
  info: { title: string; version: string },
  operations: readonly Operation[],
): JsonObject {
  const schemas = new Schemas();
  const paths: Record<string, JsonObject> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = {
      ...paths[path],
      [operation.method]: describe(operation, schemas),
    };
  }
  return {
    openapi: '3.1.0',
    info,
    paths,
    components: {
      schemas: { ...(schemas.apart as JsonObject), Error: ERROR_SCHEMA },
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of Backstage, of a user or a service.',
        },
        machine: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token of a machine that writes from outside: a configured secret, or the OpenID Connect token of a CI run.',
        },
      },
    },
  };
}
