import {
  OpenApiBody,
  OpenApiDocument,
  OpenApiOperation,
  OpenApiParameter,
  Reference,
} from './schema';

/** An operation with its references followed, and the pointers at which its schemas are. */
export interface Operation {
  id: string;
  method: string;
  template: string;
  parameters: OpenApiParameter[];
  requestBody?: OpenApiBody & { pointer: string };
  responses: Map<string, OpenApiBody & { pointer: string }>;
}

interface Route {
  expression: RegExp;
  names: string[];
  literals: number;
  operation: Operation;
}

function pointer(...segments: string[]): string {
  return `#/${segments
    .map(segment =>
      encodeURIComponent(segment.replace(/~/g, '~0').replace(/\//g, '~1')),
    )
    .join('/')}`;
}

/** Pointer to a part of something at another pointer. */
export function pointerInto(base: string, ...segments: string[]): string {
  return base + pointer(...segments).slice(1);
}

/** Finds the operation that a request belongs to. */
export class OperationIndex {
  readonly #document: OpenApiDocument;
  readonly #routes: Route[] = [];

  private constructor(document: OpenApiDocument) {
    this.#document = document;
  }

  static create(document: OpenApiDocument): OperationIndex {
    const index = new OperationIndex(document);
    for (const [template, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        if (operation.operationId) {
          index.#add(template, method, operation);
        }
      }
    }
    // `/user/repos` before `/user/{x}`: more fixed text is the closer match.
    index.#routes.sort((a, b) => b.literals - a.literals);
    return index;
  }

  /** The operation and the decoded values of its path parameters. */
  find(
    method: string,
    path: string,
  ): { operation: Operation; values: Record<string, string> } | undefined {
    // HEAD is GET without the body, and not described apart.
    const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
    for (const route of this.#routes) {
      if (route.operation.method === wanted) {
        const match = route.expression.exec(path);
        if (match) {
          const values = route.names.map((name, index) => [
            name,
            decodeURIComponent(match[index + 1]),
          ]);
          return {
            operation: route.operation,
            values: Object.fromEntries(values),
          };
        }
      }
    }
    return undefined;
  }

  #add(template: string, method: string, source: OpenApiOperation) {
    const at = pointer('paths', template, method);
    const operation: Operation = {
      id: source.operationId,
      method,
      template,
      parameters: (source.parameters ?? []).map(
        item => this.#follow(item, '').value,
      ),
      responses: new Map(),
    };
    if (source.requestBody) {
      const body = this.#follow(
        source.requestBody,
        pointerInto(at, 'requestBody'),
      );
      operation.requestBody = { ...body.value, pointer: body.pointer };
    }
    for (const [status, response] of Object.entries(source.responses)) {
      const body = this.#follow<OpenApiBody>(
        response,
        pointerInto(at, 'responses', status),
      );
      operation.responses.set(status, { ...body.value, pointer: body.pointer });
    }
    this.#routes.push(this.#route(operation));
  }

  #route(operation: Operation): Route {
    const names: string[] = [];
    const pattern = operation.template
      .split(/(\{[^}]+\})/)
      .map(part => {
        if (!part.startsWith('{')) {
          return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
        }
        const name = part.slice(1, -1);
        names.push(name);
        const parameter = operation.parameters.find(
          item => item.in === 'path' && item.name === name,
        );
        return parameter?.['x-multi-segment'] ? '(.+)' : '([^/]+)';
      })
      .join('');
    return {
      expression: new RegExp(`^${pattern}$`),
      names,
      literals: operation.template.replace(/\{[^}]+\}/g, '').length,
      operation,
    };
  }

  #follow<T>(value: Reference<T>, at: string): { value: T; pointer: string } {
    if (typeof value === 'object' && value !== null && '$ref' in value) {
      const segments = value.$ref.slice(2).split('/');
      let target: unknown = this.#document;
      for (const segment of segments) {
        target = (target as Record<string, unknown>)[segment];
      }
      return { value: target as T, pointer: value.$ref };
    }
    return { value, pointer: at };
  }
}
