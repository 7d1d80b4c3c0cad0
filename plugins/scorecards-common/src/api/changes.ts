import { z } from 'zod';
import { causeSchema, scoreSummarySchema } from './scores';

/**
 * Topic of the event that wakes consumers of the change feed; a hint only, the feed is the truth. Payload:
 * `{ sequence: number }`.
 * @public
 */
export const RESULTS_CHANGED_TOPIC = 'waymark.scorecard-results.changed';

/**
 * One entry of the change feed: sequences have no gap and become visible in order.
 * @public
 */
export const resultChangeSchema = scoreSummarySchema
  .pick({ rank: true, points: true, confidence: true, definition: true })
  .extend({
    sequence: z.int(),
    entityRef: z.string(),
    scorecard: z.string(),
    at: z.iso.datetime(),
    cause: causeSchema,
    causeDetail: z.string().optional(),
    removed: z
      .boolean()
      .describe('The scorecard does not apply to the entity any more.'),
    results: z
      .string()
      .describe('Packed results of the checks in the order of the definition.'),
  });

/**
 * `GET /changes`
 * @public
 */
export const resultChangesSchema = z.strictObject({
  items: z.array(resultChangeSchema),
  next: z.int().describe('The `after` of the next call.'),
});

/** @public */
export type ResultChanges = z.output<typeof resultChangesSchema>;
