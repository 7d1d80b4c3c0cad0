import {
  SpanStatusCode,
  diag,
  DiagLogLevel,
  trace,
  type Attributes,
  type Span,
  type SpanKind,
} from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  NodeTracerProvider,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { ATTR_SERVICE_NAME, ATTR_SERVICE_VERSION } from '@opentelemetry/semantic-conventions';
import type { Logger } from './logger.ts';
import { SERVICE_NAME } from './service.ts';

export interface TelemetryOptions {
  serviceName: string;
  version: string;
  endpoint: string | undefined;
  logger: Logger;
}

export interface Telemetry {
  /** Sends what is still buffered. */
  shutdown(): Promise<void>;
}

const FLUSH_TIMEOUT_MS = 3_000;

/**
 * Starts tracing with W3C propagation. Every request gets a trace, so logs can be joined by
 * trace id; spans leave the process only when a collector is configured.
 */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { endpoint, logger } = options;
  const report = (message: string) => {
    logger.warn({ component: 'opentelemetry' }, message);
  };
  const ignore = () => undefined;
  diag.setLogger(
    { error: report, warn: report, info: ignore, debug: ignore, verbose: ignore },
    DiagLogLevel.WARN,
  );

  const spanProcessors: SpanProcessor[] = [];
  if (endpoint !== undefined) {
    // Loaded on demand: without a collector the exporter only costs start-up time.
    const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
    const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
    spanProcessors.push(
      new BatchSpanProcessor(exporter, { exportTimeoutMillis: FLUSH_TIMEOUT_MS }),
    );
  }
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: options.serviceName,
      [ATTR_SERVICE_VERSION]: options.version,
    }),
    spanProcessors,
  });
  provider.register();

  return {
    shutdown: () => provider.shutdown(),
  };
}

/** Runs `work` in a span of its own and records whether it failed. */
export async function withSpan<T>(
  name: string,
  options: { kind: SpanKind; attributes?: Attributes },
  work: (span: Span) => Promise<T>,
): Promise<T> {
  return trace.getTracer(SERVICE_NAME).startActiveSpan(name, options, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
