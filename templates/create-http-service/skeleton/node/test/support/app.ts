import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import type { Backend } from '../../src/backend.ts';
import { createServer } from '../../src/http/server.ts';
import { MemoryItemStore } from '../../src/items/memory-store.ts';
import { createLogger } from '../../src/logger.ts';
import { Readiness } from '../../src/readiness.ts';
import { startTelemetry } from '../../src/telemetry.ts';

export type LogLine = Record<string, unknown>;

export interface TestApp {
  readonly url: string;
  readonly readiness: Readiness;
  readonly routes: readonly { method: string; url: string }[];
  /** Every line the service has logged. */
  readonly logs: readonly LogLine[];
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export const memoryBackend = (): Backend => ({
  items: new MemoryItemStore(),
  checks: {},
  start: () => Promise.resolve(),
  close: () => Promise.resolve(),
});

// As in production: without it there would be no trace ids to test.
await startTelemetry({
  serviceName: 'test',
  version: 'test',
  endpoint: undefined,
  logger: pino({ enabled: false }),
});

/** Starts the real server on a free port. */
export async function startApp({ backend = memoryBackend() } = {}): Promise<TestApp> {
  const logs: LogLine[] = [];
  const destination = {
    write: (line: string) => {
      logs.push(JSON.parse(line) as LogLine);
    },
  };
  const logger = createLogger({ level: 'debug', service: 'test', destination });
  const readiness = new Readiness(backend.checks, logger);
  const build = { version: '1.2.3', revision: 'abcdef' };
  const app = createServer({ logger, readiness, items: backend.items, build });
  await app.listen({ host: '127.0.0.1', port: 0 });
  await backend.start(new AbortController().signal);
  readiness.started();
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

  return {
    url,
    readiness,
    logs,
    routes: app.registeredRoutes,
    get: (path, headers = {}) => fetch(url + path, { headers }),
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    close: async () => {
      app.server.closeAllConnections();
      await app.close();
      await backend.close();
    },
  };
}
