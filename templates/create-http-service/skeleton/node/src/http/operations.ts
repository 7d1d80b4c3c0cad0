import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { Readiness } from '../readiness.ts';

/** The same depth from `src/` and from `dist/`: both lie next to openapi.yaml. */
const OPENAPI = new URL('../../openapi.yaml', import.meta.url);

/** The endpoints that the platform uses: probes, metrics and the description of the API. */
export function registerOperations(
  app: FastifyInstance,
  { readiness, registry }: { readiness: Readiness; registry: Registry },
): void {
  const openapi = readFileSync(OPENAPI, 'utf8');

  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const report = await readiness.report();
    return reply.code(report.status === 'ready' ? 200 : 503).send(report);
  });

  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );

  app.get('/openapi.yaml', (_request, reply) => reply.type('application/yaml').send(openapi));
}
