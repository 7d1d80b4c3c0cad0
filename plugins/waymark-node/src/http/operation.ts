import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import express from 'express';
import { z } from 'zod';
import { parse } from './parse';
import { readJsonBody } from './readJsonBody';

/**
 * One operation of an HTTP interface: what it takes and what it answers. The router checks requests by it, the OpenAPI
 * document is made of it, and tests check the answers by it, so that the three never disagree.
 *
 * @public
 */
export interface Operation<
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Headers extends z.ZodType = z.ZodType,
> {
  method: 'get' | 'post' | 'put' | 'delete';
  /** As express writes it, `/entities/:kind/:namespace/:name/scores`. */
  path: string;
  summary: string;
  /**
   * Who is let in at all; permissions decide further. A `machine` has a token that is none of Backstage's, see
   * {@link serveTo}.
   */
  principals: readonly ('user' | 'service' | 'machine')[];
  query?: Query;
  /** An object schema of the headers that mean something, with names in lower case; the others are let be. */
  headers?: Headers;
  body?: Body;
  /**
   * Most bytes of the body, which is read only once the caller is let in. Without it the body is what a parser in front
   * of the router has made of it.
   */
  bodyLimit?: number;
  answer: Answer;
  /** Of the answer; `application/json` when absent. The handler of another one answers by itself. */
  mediaType?: string;
  /** 200 when absent. */
  status?: number;
}

/** Who uses the portal, as Backstage knows it. @public */
export type PortalCredentials = BackstageCredentials<
  BackstageUserPrincipal | BackstageServicePrincipal
>;

/** A request that was let in and checked. @public */
export interface OperationCall<
  Query,
  Body,
  Headers = undefined,
  Credentials = PortalCredentials,
> {
  credentials: Credentials;
  query: Query;
  headers: Headers;
  body: Body;
  /** The body as it came, where the operation has a `bodyLimit`. */
  rawBody?: Buffer;
  params: Record<string, string>;
  request: express.Request;
  response: express.Response;
}

/** Keeps the types of what an operation takes and answers. @public */
export function defineOperation<
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
  Headers extends z.ZodType = z.ZodUndefined,
>(
  operation: Operation<Query, Body, Answer, Headers>,
): Operation<Query, Body, Answer, Headers> {
  return operation;
}

/**
 * Serves an operation to users and services of Backstage.
 *
 * @param handler - gives the answer; `undefined` when it has answered itself, such as in another format
 * @throws InputError naming field and reason, for a request that does not fit
 * @public
 */
export function serve<
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
  Headers extends z.ZodType,
>(
  router: express.Router,
  httpAuth: HttpAuthService,
  operation: Operation<Query, Body, Answer, Headers>,
  handler: (
    call: OperationCall<z.output<Query>, z.output<Body>, z.output<Headers>>,
  ) => Promise<z.input<Answer> | undefined>,
): void {
  const allow = operation.principals.filter(
    principal => principal !== 'machine',
  );
  serveTo(
    router,
    request => httpAuth.credentials(request, { allow }),
    operation,
    handler,
  );
}

/**
 * Serves an operation to whomever a function lets in. Its path needs an auth policy `unauthenticated`, for Backstage would
 * refuse the token before this is asked.
 *
 * @param authenticate - throws AuthenticationError or NotAllowedError for everybody else, before the body is read
 * @param handler - gives the answer; `undefined` when it has answered itself, such as in another format
 * @throws InputError naming field and reason, for a request that does not fit
 * @public
 */
export function serveTo<
  Credentials,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
  Headers extends z.ZodType,
>(
  router: express.Router,
  authenticate: (request: express.Request) => Promise<Credentials>,
  operation: Operation<Query, Body, Answer, Headers>,
  handler: (
    call: OperationCall<
      z.output<Query>,
      z.output<Body>,
      z.output<Headers>,
      Credentials
    >,
  ) => Promise<z.input<Answer> | undefined>,
): void {
  const { method, path, query, headers, body, bodyLimit, status } = operation;
  router[method](path, async (request, response) => {
    const credentials = await authenticate(request);
    const rawBody =
      bodyLimit === undefined
        ? undefined
        : await readJsonBody(request, response, bodyLimit);
    const answer = await handler({
      credentials,
      query: parse(
        query ?? z.strictObject({}),
        request.query,
      ) as z.output<Query>,
      headers: (headers &&
        parse(headers, request.headers)) as z.output<Headers>,
      body: (body && parse(body, request.body)) as z.output<Body>,
      ...(rawBody && { rawBody }),
      params: request.params,
      request,
      response,
    });
    if (answer !== undefined) {
      response.status(status ?? 200).json(answer);
    }
  });
}
