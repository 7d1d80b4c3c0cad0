import { z } from 'zod';

const instant = z.iso.datetime().describe('ISO 8601');

/**
 * What one source says of one entity, and where that comes from.
 * @public
 */
export const factSchema = z.strictObject({
  source: z.string(),
  state: z
    .enum(['known', 'stale', 'collectorError'])
    .describe('What rules make of it at the instant asked for.'),
  error: z.string().optional().describe('Of collectorError.'),
  payload: z.record(z.string(), z.json()).nullable(),
  observedAt: instant.optional(),
  freshUntil: instant
    .optional()
    .describe('When it becomes stale without confirmation.'),
  validFrom: instant.optional().describe('Since when it is said.'),
  validTo: instant.optional(),
  collector: z.string().optional(),
  url: z.string().optional().describe('Where a person can see it.'),
  commit: z.string().optional(),
});

/** @public */
export type EntityFact = z.output<typeof factSchema>;

/**
 * `GET /entities/{ref}/facts`
 * @public
 */
export const entityFactsSchema = z.strictObject({
  entityRef: z.string(),
  asOf: instant,
  facts: z.array(factSchema),
});

/** @public */
export type EntityFacts = z.output<typeof entityFactsSchema>;
