import { RootConfigService } from '@backstage/backend-plugin-api';
import { factSourceIdSchema } from '@waymark/scorecards-common';
import { appliesToSchema, ownerSchema } from '@waymark/waymark-common';
import { z } from 'zod';
import { checkConfig } from '../../config/checkConfig';

const KEY = 'scorecards.push';
/** A secret that can be guessed is none. */
const SHORTEST_SECRET = 24;
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

const serverUrl = z.string().refine(isServerUrl, {
  error: 'must be an https URL, or an http URL of a loopback address',
});

const serviceSchema = z.strictObject({
  subject: z.string().regex(/^[\w.@/-]{1,100}$/, {
    error: 'must hold letters, digits and . _ - @ / only, at most 100',
  }),
  secret: z
    .string()
    .regex(/^[\x21-\x7e]+$/, { error: 'must hold printable ASCII only' })
    .refine(secret => secret.length >= SHORTEST_SECRET, {
      error: `must have at least ${SHORTEST_SECRET} characters`,
    }),
  sources: z.array(factSourceIdSchema).default([]),
  delivery: z.boolean().default(false),
  owners: z.array(ownerSchema).min(1).optional(),
  entities: z.union([z.literal('all'), appliesToSchema]),
});

const ciSchema = z
  .strictObject({
    issuer: serverUrl,
    host: z.string().min(1),
    audience: z.string().min(1),
    jwksUrl: serverUrl.optional(),
    claims: z.record(z.string(), z.array(z.string()).min(1)).default({}),
    delivery: z.boolean().default(false),
  })
  .transform(({ jwksUrl, ...ci }) => ({
    ...ci,
    jwksUrl: jwksUrl ?? `${ci.issuer.replace(/\/+$/, '')}/.well-known/jwks`,
  }));

const pushSchema = z.strictObject({
  services: z
    .array(serviceSchema)
    .default([])
    .superRefine((services, context) => {
      unique(services, 'subject', context);
      unique(services, 'secret', context);
    }),
  ci: z
    .array(ciSchema)
    .default([])
    .superRefine((issuers, context) => unique(issuers, 'issuer', context)),
});

/** A service that may push, as it is configured. */
export type PushService = z.output<typeof serviceSchema>;

/** An issuer of the tokens of CI runs, as it is configured. */
export type CiIssuer = z.output<typeof ciSchema>;

/** Who may push. */
export interface PushConfig {
  services: PushService[];
  ci: CiIssuer[];
}

/**
 * Reads who may push facts and events.
 *
 * @throws Error that names the key and the reason, and never what a secret is
 */
export function readPushConfig(config: RootConfigService): PushConfig {
  return checkConfig(KEY, config.getOptional(KEY) ?? {}, pushSchema);
}

function isServerUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && LOOPBACK.includes(hostname))
  );
}

function unique<K extends string>(
  items: Record<K, string>[],
  key: K,
  context: z.RefinementCtx,
): void {
  items.forEach((item, index) => {
    const first = items.findIndex(other => other[key] === item[key]);
    if (first < index) {
      context.addIssue({
        code: 'custom',
        path: [index, key],
        message: `is that of entry ${first} too`,
      });
    }
  });
}
