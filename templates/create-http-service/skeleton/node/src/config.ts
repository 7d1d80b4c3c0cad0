import { z } from 'zod';
import { backendEnvironment, type BackendEnvironment } from './backend/environment.ts';
import { SERVICE_NAME } from './service.ts';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
  readonly http: { readonly host: string; readonly port: number };
  readonly logLevel: LogLevel;
  readonly shutdown: { readonly delayMs: number; readonly graceMs: number };
  readonly telemetry: { readonly serviceName: string; readonly endpoint: string | undefined };
  readonly build: { readonly version: string; readonly revision: string };
  readonly backend: BackendEnvironment;
}

/** Its message is one line that names every wrong variable. Values are left out: they may be secret. */
export class ConfigError extends Error {}

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Reads a duration such as `500ms`, `20s` or `1m30s`; `undefined` when it is none. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
  }
  return total;
}

/** Reads `host:port`, `:port` or `[v6]:port`; `undefined` when it is none. */
export function parseAddress(text: string): { host: string; port: number } | undefined {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:[\]\s]*):(\d{1,5})$/.exec(text);
  const [, host = '', port = ''] = match ?? [];
  if (!match || Number(port) > 65_535) return undefined;
  return { host: host === '' ? '0.0.0.0' : host.replace(/^\[|\]$/g, ''), port: Number(port) };
}

const duration = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text, context) => {
      const value = parseDuration(text);
      if (value !== undefined && value <= UNIT_MS.h) return value;
      context.addIssue('must be a duration of at most 1h, such as 500ms, 20s or 1m30s');
      return z.NEVER;
    });

const environment = z.object({
  HTTP_ADDRESS: z
    .string()
    .default('0.0.0.0:8080')
    .transform((text, context) => {
      const value = parseAddress(text);
      if (value) return value;
      context.addIssue('must be host:port, such as 0.0.0.0:8080');
      return z.NEVER;
    }),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
  SHUTDOWN_DELAY: duration('0s'),
  SHUTDOWN_GRACE: duration('20s'),
  OTEL_SERVICE_NAME: z.string().default(SERVICE_NAME),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .optional(),
  // Set by the image, shown by build_info.
  BUILD_VERSION: z.string().default('dev'),
  BUILD_REVISION: z.string().default('unknown'),
});

/** Reads the whole configuration, so that a wrong one stops the service before it starts. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  // An empty variable counts as one that is not set: that is how charts and shells clear one.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const service = environment.safeParse(set);
  const backend = backendEnvironment.safeParse(set);
  if (!service.success || !backend.success) {
    const issues = [...(service.error?.issues ?? []), ...(backend.error?.issues ?? [])];
    throw new ConfigError(
      issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
    );
  }
  const { data } = service;
  return {
    http: data.HTTP_ADDRESS,
    logLevel: data.LOG_LEVEL,
    shutdown: { delayMs: data.SHUTDOWN_DELAY, graceMs: data.SHUTDOWN_GRACE },
    telemetry: { serviceName: data.OTEL_SERVICE_NAME, endpoint: data.OTEL_EXPORTER_OTLP_ENDPOINT },
    build: { version: data.BUILD_VERSION, revision: data.BUILD_REVISION },
    backend: backend.data,
  };
}
