import { loadConfig, ConfigError, type Config } from './config.ts';
import { createBackend } from './backend/index.ts';
import { createServer } from './http/server.ts';
import { createLogger } from './logger.ts';
import { Readiness } from './readiness.ts';
import { SERVICE_NAME } from './service.ts';
import { prepareDrain } from './shutdown.ts';
import { startTelemetry } from './telemetry.ts';

function readConfig(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${SERVICE_NAME}: configuration: ${error.message}\n`);
    process.exit(1);
  }
}

const config = readConfig();
const logger = createLogger({ level: config.logLevel, service: config.telemetry.serviceName });
process.on('uncaughtException', (error, origin) => {
  logger.fatal({ err: error, origin }, 'unexpected error');
  process.exit(1);
});

const telemetry = await startTelemetry({
  ...config.telemetry,
  version: config.build.version,
  logger,
});
const backend = createBackend(config.backend, logger);
const readiness = new Readiness(backend.checks, logger);
const app = createServer({ logger, readiness, items: backend.items, build: config.build });
const drain = prepareDrain(app.server);
const stopping = new AbortController();

async function shutdown(signal: NodeJS.Signals): Promise<void> {
  if (stopping.signal.aborted) {
    logger.warn({ signal }, 'second signal: stopping at once');
    process.exit(1);
  }
  logger.info({ signal }, 'draining');
  stopping.abort();
  readiness.drain();
  const complete = await drain(config.shutdown);
  await app.close();
  await backend.close();
  await telemetry.shutdown().catch((error: unknown) => {
    logger.warn({ err: error }, 'telemetry could not be flushed');
  });
  if (complete) logger.info('stopped');
  else logger.error('stopped, requests were cut off at the end of SHUTDOWN_GRACE');
  process.exit(complete ? 0 : 1);
}
process.on('SIGTERM', (signal) => void shutdown(signal));
process.on('SIGINT', (signal) => void shutdown(signal));

try {
  await app.listen(config.http);
  await backend.start(stopping.signal);
  readiness.started();
  logger.info({ startup_ms: Math.round(performance.now()) }, 'ready');
} catch (error) {
  // A start that the shutdown interrupts is not a failure: the shutdown ends the process.
  if (!stopping.signal.aborted) {
    logger.fatal({ err: error }, 'cannot start');
    process.exit(1);
  }
}
