import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SERVICE_NAME } from '../service.ts';
import type { HttpMetrics } from './metrics.ts';

declare module 'fastify' {
  interface FastifyRequest {
    traceContext: Context;
  }
}

/** Probes and scrapes come all the time: they are logged at `debug` and not traced. */
const OPERATIONAL = new Set(['/healthz', '/readyz', '/metrics']);
/** Status of a request whose client went away before the answer. */
const CLIENT_CLOSED_REQUEST = 499;

/** The route as openapi.yaml writes it: a label with few values, whatever clients ask for. */
export function routeLabel(request: FastifyRequest): string {
  const { url } = request.routeOptions;
  return request.is404 || url === undefined ? 'unmatched' : url.replaceAll(/:(\w+)/g, '{$1}');
}

/** Gives every request a trace, a log line and its share of the metrics. */
export function observeRequests(app: FastifyInstance, metrics: HttpMetrics): void {
  const tracer = trace.getTracer(SERVICE_NAME);
  app.decorateRequest('traceContext');

  app.addHook('onRequest', (request, reply, done) => {
    const { method } = request;
    const route = routeLabel(request);
    const operational = OPERATIONAL.has(route);
    const parent = propagation.extract(ROOT_CONTEXT, request.headers);
    const span = operational
      ? undefined
      : tracer.startSpan(
          `${method} ${route}`,
          {
            kind: SpanKind.SERVER,
            attributes: {
              'http.request.method': method,
              'http.route': route,
              'url.path': request.url.split('?', 1)[0] ?? '',
            },
          },
          parent,
        );
    request.traceContext = span ? trace.setSpan(parent, span) : parent;
    metrics.inFlight.inc();

    // 'close' comes exactly once, after the whole answer or when the client has gone.
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.statusCode : CLIENT_CLOSED_REQUEST;
      const labels = { method, route, code: String(status) };
      metrics.inFlight.dec();
      metrics.total.inc(labels);
      metrics.duration.observe(labels, reply.elapsedTime / 1_000);

      span?.setAttribute('http.response.status_code', status);
      if (status >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();

      context.with(request.traceContext, () => {
        const line = { method, route, status, duration_ms: round(reply.elapsedTime) };
        if (operational) request.log.debug(line, 'request');
        else request.log.info(line, 'request');
      });
    });
    context.with(request.traceContext, done);
  });

  // Reading a body loses the asynchronous context: enter it again for validation and handler.
  app.addHook('preValidation', (request, _reply, done) => {
    context.with(request.traceContext, done);
  });

  app.addHook('onSend', (request, reply: FastifyReply, _payload, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}

const round = (milliseconds: number): number => Math.round(milliseconds * 1_000) / 1_000;
