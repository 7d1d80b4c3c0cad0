import { metrics } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import {
  AggregationType,
  InstrumentType,
  MeterProvider,
} from '@opentelemetry/sdk-metrics';

/** Seconds; the objective of docs/deploy/slo.yaml is one of them. */
const REQUEST_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Probes, and answers that are meant to last, would hide what people wait for. */
const NOT_MEASURED =
  /^\/\.backstage\/health\/|^\/api\/events\/bus\/v1\/subscriptions\/|^\/api\/signals|^\/api\/mcp-actions\/|\/eventstream(\?|$)/;

/** Lets Prometheus read what Backstage and Node measure, on a port of its own, which `WAYMARK_METRICS_PORT` opens. */
function startMetrics(port: number, host: string): void {
  // Requests of the portal to others carry host names, which would be a label each.
  process.env.OTEL_SEMCONV_STABILITY_OPT_IN ??= 'http';
  metrics.setGlobalMeterProvider(
    new MeterProvider({
      readers: [
        new PrometheusExporter({ port, host, withoutTargetInfo: true }),
      ],
      views: [
        {
          instrumentName: 'http.client.*',
          aggregation: { type: AggregationType.DROP },
        },
        {
          instrumentName: 'http.server.request.duration',
          instrumentType: InstrumentType.HISTOGRAM,
          aggregation: {
            type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM,
            options: { boundaries: REQUEST_SECONDS },
          },
        },
      ],
    }),
  );
  registerInstrumentations({
    instrumentations: [
      new HttpInstrumentation({
        disableOutgoingRequestInstrumentation: true,
        ignoreIncomingRequestHook: request =>
          NOT_MEASURED.test(request.url ?? ''),
      }),
      new RuntimeNodeInstrumentation(),
    ],
  });
}

const { WAYMARK_METRICS_PORT, WAYMARK_METRICS_HOST } = process.env;
if (WAYMARK_METRICS_PORT) {
  const port = Number(WAYMARK_METRICS_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    process.stderr.write(
      `WAYMARK_METRICS_PORT is "${WAYMARK_METRICS_PORT}": set it to a number from 1 to 65535.\n`,
    );
    process.exit(1);
  }
  startMetrics(port, WAYMARK_METRICS_HOST ?? '127.0.0.1');
}
