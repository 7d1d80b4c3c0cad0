import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

export interface BuildInfo {
  version: string;
  revision: string;
}

export interface HttpMetrics {
  readonly registry: Registry;
  readonly total: Counter<'method' | 'route' | 'code'>;
  readonly duration: Histogram<'method' | 'route' | 'code'>;
  readonly inFlight: Gauge;
}

/** Metrics of one server, in a registry of its own so that tests can run several servers. */
export function createMetrics(build: BuildInfo): HttpMetrics {
  const registry = new Registry();
  const registers = [registry];
  const labelNames = ['method', 'route', 'code'] as const;
  collectDefaultMetrics({ register: registry });

  new Gauge({
    name: 'build_info',
    help: 'What is running; the value is always 1.',
    labelNames: ['version', 'revision', 'runtime'],
    registers,
  }).set({ ...build, runtime: `node${process.versions.node}` }, 1);

  return {
    registry,
    total: new Counter({
      name: 'http_requests_total',
      help: 'HTTP requests that ended.',
      labelNames,
      registers,
    }),
    duration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the head of a request to the end of its answer.',
      labelNames,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    inFlight: new Gauge({
      name: 'http_requests_in_flight',
      help: 'HTTP requests being answered.',
      registers,
    }),
  };
}
