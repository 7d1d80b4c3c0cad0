import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import express from 'express';
import { z } from 'zod';
import { parse } from './parse';

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
> {
  method: 'get' | 'post' | 'put' | 'delete';
  /** As express writes it, `/entities/:kind/:namespace/:name/scores`. */
  path: string;
  summary: string;
  /** Who is let in at all; permissions decide further. */
  principals: readonly ('user' | 'service')[];
  query?: Query;
  body?: Body;
  answer: Answer;
  /** 200 when absent. */
  status?: number;
}

/** A request that was let in and checked. @public */
export interface OperationCall<Query, Body> {
  credentials: BackstageCredentials<
    BackstageUserPrincipal | BackstageServicePrincipal
  >;
  query: Query;
  body: Body;
  params: Record<string, string>;
  request: express.Request;
  response: express.Response;
}

/** Keeps the types of what an operation takes and answers. @public */
export function defineOperation<
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
>(operation: Operation<Query, Body, Answer>): Operation<Query, Body, Answer> {
  return operation;
}

/**
 * Serves an operation.
 *
 * @param handler - gives the answer; `undefined` when it has answered itself, such as in another format
 * @throws InputError naming field and reason, for a request that does not fit
 * @public
 */
export function serve<
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
>(
  router: express.Router,
  httpAuth: HttpAuthService,
  operation: Operation<Query, Body, Answer>,
  handler: (
    call: OperationCall<z.output<Query>, z.output<Body>>,
  ) => Promise<z.input<Answer> | undefined>,
): void {
  router[operation.method](operation.path, async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: [...operation.principals],
    });
    const answer = await handler({
      credentials,
      query: parse(
        operation.query ?? z.strictObject({}),
        request.query,
      ) as z.output<Query>,
      body: (operation.body &&
        parse(operation.body, request.body)) as z.output<Body>,
      params: request.params,
      request,
      response,
    });
    if (answer !== undefined) {
      response.status(operation.status ?? 200).json(answer);
    }
  });
}
