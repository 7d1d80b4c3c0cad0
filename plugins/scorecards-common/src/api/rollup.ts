import { z } from 'zod';

const instant = z.iso.datetime().describe('ISO 8601');
const count = z.int().min(0);

/** What roll-ups are by. @public */
export const rollupDimensionSchema = z.enum([
  'owner',
  'system',
  'domain',
  'type',
]);

/** @public */
export type RollupDimension = z.output<typeof rollupDimensionSchema>;

/**
 * How the entities of one owner, system, domain or type fare.
 * @public
 */
export const rollupRowSchema = z.strictObject({
  key: z
    .string()
    .nullable()
    .describe(
      'Ref of the group, system or domain, or the type; null for all entities together.',
    ),
  entities: count,
  unrated: count,
  levels: z
    .array(z.strictObject({ level: z.string().nullable(), entities: count }))
    .describe('From the highest to none.'),
  points: z.number().min(0).max(1).nullable().describe('Mean.'),
  confidence: z.number().min(0).max(1).nullable().describe('Mean.'),
  checks: z.array(
    z.strictObject({
      id: z.string(),
      states: z.record(z.string(), count),
    }),
  ),
});

/** @public */
export type RollupRow = z.output<typeof rollupRowSchema>;

/**
 * `GET /scorecards/{name}/rollup`
 * @public
 */
export const rollupSchema = z.strictObject({
  scorecard: z.string(),
  by: rollupDimensionSchema,
  asOf: instant,
  total: rollupRowSchema,
  items: z.array(rollupRowSchema).describe('In the order of their keys.'),
  cursor: z
    .string()
    .optional()
    .describe('Of the next page, where there is one.'),
});

/** @public */
export type Rollup = z.output<typeof rollupSchema>;
