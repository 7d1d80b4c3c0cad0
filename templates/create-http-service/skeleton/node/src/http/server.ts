import { randomUUID } from 'node:crypto';
import { fastify, LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { registerItemRoutes } from '../items/routes.ts';
import type { ItemStore } from '../items/store.ts';
import type { Readiness } from '../readiness.ts';
import { createMetrics, type BuildInfo } from './metrics.ts';
import { notFound, type Route } from './not-found.ts';
import { observeRequests } from './observe.ts';
import { registerOperations } from './operations.ts';
import { sendError } from './problem.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Every route of the server: the contract test compares them with openapi.yaml. */
    registeredRoutes: Route[];
  }
}

export interface ServerOptions {
  logger: FastifyBaseLogger;
  readiness: Readiness;
  items: ItemStore;
  build: BuildInfo;
}

const BODY_LIMIT_BYTES = 64 * 1024;
const REQUEST_ID = /^[\w.-]{1,128}$/;

/** Builds the server without starting it. */
export function createServer({ logger, readiness, items, build }: ServerOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: logger,
    // observe.ts writes the line of each request.
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'request_id',
    }),
    genReqId: ({ headers: { 'x-request-id': id } }) =>
      typeof id === 'string' && REQUEST_ID.test(id) ? id : randomUUID(),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 15_000, // for a client to send its request
    handlerTimeout: 15_000, // for us to answer it
    keepAliveTimeout: 65_000, // longer than the idle timeout of common load balancers
    return503OnClosing: false, // shutdown.ts answers everything that arrives
    frameworkErrors: sendError,
  });

  app.registeredRoutes = [];
  app.addHook('onRoute', ({ method, url }) => {
    for (const name of [method].flat()) app.registeredRoutes.push({ method: name, url });
  });

  // Clients with an open connection are asked to come back on a new one, to another instance.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.draining) reply.header('connection', 'close');
    done();
  });

  const metrics = createMetrics(build);
  observeRequests(app, metrics);
  app.setErrorHandler(sendError);
  app.setNotFoundHandler(notFound(app.registeredRoutes));

  // JSON is all that this service reads: anything else is a 415.
  app.removeContentTypeParser('text/plain');
  registerOperations(app, { readiness, registry: metrics.registry });
  registerItemRoutes(app, items);
  return app;
}
