import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { StoreUnavailableError } from '../items/store.ts';

/** One wrong part of a request: a JSON pointer into the body, or the name of a parameter. */
export interface ProblemPart {
  detail: string;
  pointer?: string;
  parameter?: string;
}

/** An answer that is not a success, sent as problem details (RFC 9457). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly errors: ProblemPart[] | undefined;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    detail: string,
    options: { errors?: ProblemPart[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.status = status;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }
}

/** Checks what a client sent; what is wrong becomes a 400 that names each part. */
export function parse<T>(schema: z.ZodType<T>, input: unknown, source: 'body' | 'query'): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }): ProblemPart => {
    const place = path.map(String);
    return source === 'query'
      ? { parameter: place.join('.'), detail: message }
      : { pointer: place.map((key) => `/${key}`).join(''), detail: message };
  });
  throw new Problem(400, `The ${source} of the request is not valid.`, { errors });
}

/** Turns anything thrown into a problem; only what a client may know gets into its detail. */
function toProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreUnavailableError) {
    return new Problem(503, 'The service cannot reach its back end. Try again later.', {
      headers: { 'retry-after': '1' },
      cause: error,
    });
  }
  const { statusCode = 500 } = error as Partial<FastifyError>;
  if (statusCode >= 400 && statusCode < 500) return new Problem(statusCode, error.message);
  if (statusCode === 503) return new Problem(503, 'The request took too long.', { cause: error });
  return new Problem(500, 'An unexpected error occurred.', { cause: error });
}

export function sendError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem(error);
  if (problem.status >= 500) request.log.error({ err: problem.cause }, problem.message);
  void reply
    .code(problem.status)
    .headers(problem.headers)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: STATUS_CODES[problem.status],
        status: problem.status,
        detail: problem.message,
        requestId: request.id,
        errors: problem.errors,
      }),
    );
}
