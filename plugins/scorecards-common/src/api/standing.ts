import { z } from 'zod';
import { scoreSummarySchema } from './scores';

/**
 * Where an entity stands in a scorecard, without its checks.
 * @public
 */
export const standingSchema = scoreSummarySchema.pick({
  rated: true,
  level: true,
  levelTitle: true,
  rank: true,
  points: true,
  confidence: true,
});

/** @public */
export type Standing = z.output<typeof standingSchema>;
