import { z } from 'zod';
import { rollupDimensionSchema, rollupRowSchema } from './rollup';

const instant = z.iso.datetime().describe('ISO 8601');

/** Most points of a trend. @public */
export const MOST_TREND_POINTS = 100;

/**
 * How entities fared at one instant.
 * @public
 */
export const trendPointSchema = rollupRowSchema
  .pick({
    entities: true,
    unrated: true,
    levels: true,
    points: true,
    confidence: true,
  })
  .extend({ at: instant });

/** @public */
export type TrendPoint = z.output<typeof trendPointSchema>;

/**
 * `GET /scorecards/{name}/trend`
 * @public
 */
export const trendSchema = z.strictObject({
  scorecard: z.string(),
  by: rollupDimensionSchema
    .nullable()
    .describe('What the key is of; null for all entities together.'),
  key: z.string().nullable(),
  from: instant,
  to: instant,
  items: z
    .array(trendPointSchema)
    .max(MOST_TREND_POINTS)
    .describe(
      'Whole minutes, hours or days (UTC) at equal distances, oldest first, and the end of the interval as the last one. Levels are those of the definition in force there.',
    ),
  definitions: z
    .array(z.strictObject({ at: instant, hash: z.string() }))
    .describe(
      'Versions of the scorecard that came into force in the interval, oldest first: what moved then may have moved because of them.',
    ),
});

/** @public */
export type Trend = z.output<typeof trendSchema>;
