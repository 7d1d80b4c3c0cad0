import { z } from 'zod';

const instant = z.iso.datetime().describe('ISO 8601');

/**
 * How a collector of facts fares.
 * @public
 */
export const collectorHealthSchema = z.strictObject({
  id: z.string(),
  sources: z.array(z.string()).describe('Ids of the fact sources it writes.'),
  entities: z.int().describe('Of which it collects facts.'),
  failed: z
    .int()
    .describe('Entities whose facts could not be collected when last tried.'),
  overdue: z.int().describe('Entities that are due and not collected yet.'),
  running: z.int().describe('Runs under way, on all replicas.'),
  lastRun: instant
    .nullable()
    .describe('Begin of its last run, of one repository for example.'),
  durationMillis: z.int().nullable().describe('Of its last run.'),
  next: instant
    .nullable()
    .describe('When it runs next; null: not until something happens.'),
  error: z
    .string()
    .nullable()
    .describe('Of the last run that did not go well, until that does.'),
  outage: z
    .strictObject({
      since: instant,
      wholeSource: z
        .boolean()
        .describe('Nothing can be collected, such as with a wrong token.'),
    })
    .nullable(),
});

/** @public */
export type CollectorHealth = z.output<typeof collectorHealthSchema>;

/**
 * `GET /collectors`
 * @public
 */
export const collectorListSchema = z.strictObject({
  items: z.array(collectorHealthSchema),
});

/** @public */
export type CollectorList = z.output<typeof collectorListSchema>;
