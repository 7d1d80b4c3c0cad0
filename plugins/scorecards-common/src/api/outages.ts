import { z } from 'zod';

const instant = z.iso.datetime().describe('ISO 8601');

/**
 * An interval in which a source could not be asked: what it says of the entity was unknown.
 * @public
 */
export const outageSchema = z.strictObject({
  source: z.string(),
  wholeSource: z
    .boolean()
    .describe('Nothing could be collected, such as with a wrong token.'),
  error: z.string(),
  since: instant,
  until: instant.optional().describe('Absent while it lasts.'),
});

/**
 * `GET /entities/{ref}/outages`, newest first
 * @public
 */
export const entityOutagesSchema = z.strictObject({
  entityRef: z.string(),
  items: z.array(outageSchema),
  cursor: z.string().optional(),
});

/** @public */
export type EntityOutages = z.output<typeof entityOutagesSchema>;
