import Ajv, { ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import { Operation, OperationIndex, pointerInto } from './OperationIndex';
import { RecordedExchange } from '../recorder';
import { OpenApiBody, loadGitHubOpenApi } from './schema';

const DOCUMENT = 'github';

/** Media types whose answer is no JSON. */
const NO_JSON = /\b(raw|html|diff|patch|sha)\b/;

/** One way in which a recorded call differs from GitHub's API. */
export interface Deviation {
  /** `repos/get-content`, or the method and path when GitHub has no such operation. */
  operation: string;
  where: 'path' | 'query' | 'body' | 'status' | 'response';
  /** JSON pointer of the field, with a star for every index. */
  field: string;
  reason: string;
}

/** What a check of recorded calls found. */
export interface ValidationReport {
  /** How often each operation was called and answered with success. */
  operations: Map<string, number>;
  /** Without repetitions. */
  deviations: Deviation[];
}

/** A deviation as one line. */
export function describeDeviation(deviation: Deviation): string {
  const { operation, where, field, reason } = deviation;
  return `${operation} ${where} ${field} ${reason}`;
}

function fieldOf(error: ErrorObject): string {
  const path = error.instancePath.replace(/\/\d+(?=\/|$)/g, '/*') || '/';
  return error.keyword === 'required'
    ? `${path === '/' ? '' : path}/${error.params.missingProperty}`
    : path;
}

function reasonOf(error: ErrorObject): string {
  if (error.keyword === 'required') {
    return 'is missing';
  }
  if (error.keyword === 'additionalProperties') {
    return `has the unknown field ${error.params.additionalProperty}`;
  }
  if (error.keyword === 'enum') {
    return `must be one of ${error.params.allowedValues.join(', ')}`;
  }
  return error.message ?? error.keyword;
}

/** Leaves of a failed validation: an alternative says nothing that its parts do not say. */
function leaves(errors: ErrorObject[]): ErrorObject[] {
  const useful = errors.filter(
    error =>
      !['anyOf', 'oneOf', 'allOf', 'if'].includes(error.keyword) &&
      !(error.keyword === 'type' && error.params.type === 'null'),
  );
  return useful.length > 0 ? useful : errors;
}

/** Checks recorded calls against GitHub's own OpenAPI document. */
export class GitHubApiValidator {
  readonly #index: OperationIndex;
  readonly #ajv: Ajv;

  private constructor(index: OperationIndex, ajv: Ajv) {
    this.#index = index;
    this.#ajv = ajv;
  }

  static create(): GitHubApiValidator {
    const document = loadGitHubOpenApi();
    const ajv = new Ajv({
      strict: false,
      allErrors: true,
      coerceTypes: false,
      validateSchema: false,
    });
    addFormats(ajv);
    // Formats of GitHub's own that no library knows.
    ajv.addFormat('timestamp', true);
    ajv.addFormat('repo.nwo', /^[\w.-]+\/[\w.-]+$/);
    ajv.addSchema({ ...document, $id: DOCUMENT }, DOCUMENT);
    return new GitHubApiValidator(OperationIndex.create(document), ajv);
  }

  /** The operation a request belongs to; undefined when GitHub has none. */
  operationOf(method: string, path: string): string | undefined {
    return this.#index.find(method, path)?.operation.id;
  }

  /** Checks every call; each deviation is reported once. */
  check(exchanges: readonly RecordedExchange[]): ValidationReport {
    const operations = new Map<string, number>();
    const deviations = new Map<string, Deviation>();
    for (const exchange of exchanges.filter(item => !isGraphql(item))) {
      const found = this.#index.find(exchange.method, exchange.path);
      const name = found?.operation.id ?? `${exchange.method} ${exchange.path}`;
      if (found && exchange.status < 400) {
        operations.set(name, (operations.get(name) ?? 0) + 1);
      }
      const list = found
        ? [
            ...this.#checkQuery(found.operation, exchange),
            ...this.#checkRequestBody(found.operation, exchange),
            ...this.#checkResponse(found.operation, exchange),
          ]
        : [
            {
              where: 'path' as const,
              field: '/',
              reason: 'is no operation of GitHub',
            },
          ];
      for (const item of list) {
        const deviation = { operation: name, ...item };
        deviations.set(describeDeviation(deviation), deviation);
      }
    }
    return { operations, deviations: [...deviations.values()] };
  }

  *#checkQuery(
    operation: Operation,
    exchange: RecordedExchange,
  ): Generator<Omit<Deviation, 'operation'>> {
    for (const [name, value] of Object.entries(exchange.query)) {
      const parameter = operation.parameters.find(
        item => item.in === 'query' && item.name === name,
      );
      if (!parameter) {
        yield { where: 'query', field: name, reason: 'is unknown to GitHub' };
        continue;
      }
      // Everything in a query is text: try what it could stand for.
      const validate = this.#ajv.compile({
        ...parameter.schema,
        ...(typeof parameter.schema.$ref === 'string'
          ? { $ref: `${DOCUMENT}${parameter.schema.$ref}` }
          : {}),
      });
      const readings: unknown[] = [value, Number(value), value === 'true'];
      if (!readings.some(reading => validate(reading))) {
        yield {
          where: 'query',
          field: name,
          reason: `'${value}' is not valid`,
        };
      }
    }
    for (const parameter of operation.parameters) {
      if (
        parameter.in === 'query' &&
        parameter.required &&
        exchange.query[parameter.name] === undefined
      ) {
        yield { where: 'query', field: parameter.name, reason: 'is missing' };
      }
    }
  }

  *#checkRequestBody(
    operation: Operation,
    exchange: RecordedExchange,
  ): Generator<Omit<Deviation, 'operation'>> {
    const { body } = exchange;
    const isEmpty =
      body === undefined ||
      (typeof body === 'object' &&
        body !== null &&
        Object.keys(body).length === 0);
    if (isEmpty && !operation.requestBody?.required) {
      return;
    }
    // GitHub answers invalid input with 422: that the forge refuses it as well is right.
    if (exchange.status >= 400) {
      return;
    }
    if (!operation.requestBody) {
      yield { where: 'body', field: '/', reason: 'is not expected' };
      return;
    }
    yield* this.#deviations(
      'body',
      this.#errorsOf(operation.requestBody, body),
    );
  }

  *#checkResponse(
    operation: Operation,
    exchange: RecordedExchange,
  ): Generator<Omit<Deviation, 'operation'>> {
    const status = String(exchange.status);
    const expected =
      operation.responses.get(status) ?? operation.responses.get('default');
    if (!expected) {
      // Refusals that GitHub gives everywhere are not listed with each operation.
      if (exchange.status < 400) {
        const known = [...operation.responses.keys()].join(', ');
        yield {
          where: 'status',
          field: status,
          reason: `is not one of ${known}`,
        };
      } else if (!isErrorBody(exchange.response)) {
        yield {
          where: 'response',
          field: '/message',
          reason: `is missing in an answer of status ${status}`,
        };
      }
      return;
    }
    const hasContent = Object.keys(expected.content ?? {}).length > 0;
    if (!hasContent || exchange.method === 'HEAD') {
      return;
    }
    if (exchange.response !== undefined) {
      const { accept } = exchange.headers;
      yield* this.#deviations(
        'response',
        this.#errorsOf(expected, exchange.response, accept),
      );
    } else if (!NO_JSON.test(exchange.headers.accept ?? '')) {
      yield { where: 'response', field: '/', reason: 'has no JSON body' };
    }
  }

  /** Errors of a value against a body's schema; among alternatives, those of the closest. */
  #errorsOf(
    body: OpenApiBody & { pointer: string },
    value: unknown,
    accept = '',
  ): ErrorObject[] {
    const types = Object.keys(body.content ?? {});
    const type =
      types.find(item => accept.includes(item.replace('application/', ''))) ??
      types.find(item => item === 'application/json') ??
      types.find(item => item.includes('json'));
    const schema = type === undefined ? undefined : body.content?.[type].schema;
    if (!type || !schema) {
      return [];
    }
    const at = pointerInto(body.pointer, 'content', type, 'schema');
    const [keyword] = ['oneOf', 'anyOf'].filter(key => key in schema);
    // GitHub's alternatives overlap, so that one fits is all that can be asked.
    const pointers = keyword
      ? (schema[keyword] as unknown[]).map((_item, index) =>
          pointerInto(at, keyword, String(index)),
        )
      : [at];
    const attempts = pointers.map(pointer => {
      const validate = this.#ajv.getSchema(`${DOCUMENT}${pointer}`);
      return validate?.(value) ? [] : leaves(validate?.errors ?? []);
    });
    return attempts.reduce((a, b) => (b.length < a.length ? b : a));
  }

  *#deviations(
    where: Deviation['where'],
    errors: ErrorObject[],
  ): Generator<Omit<Deviation, 'operation'>> {
    for (const error of errors) {
      yield { where, field: fieldOf(error), reason: reasonOf(error) };
    }
  }
}

/** GraphQL has a schema of its own: see `checkGraphql`. */
export function isGraphql(exchange: RecordedExchange): boolean {
  return exchange.path === '/graphql';
}

function isErrorBody(body: unknown): boolean {
  return (
    typeof body === 'object' &&
    body !== null &&
    'message' in body &&
    typeof body.message === 'string'
  );
}
