import { z } from 'zod';
import { causeSchema } from './scores';
import { standingSchema } from './standing';

const instant = z.iso.datetime().describe('ISO 8601');
const points = z.number().min(-1).max(1);

const moveSchema = z.strictObject({
  scorecard: z.string(),
  title: z.string().describe('Of the scorecard.'),
  levels: z
    .int()
    .describe(
      'By how many levels it has risen; of an owner, all its entities.',
    ),
  points: points.describe('By how much they changed; 0.1 are ten points.'),
  cause: causeSchema.describe(
    'What moved it most in this direction. definition, engine and exemption are nobody’s work on the entity.',
  ),
  causes: z
    .array(z.strictObject({ cause: causeSchema, levels: z.int(), points }))
    .describe(
      'What each cause has moved, the largest first; together they are the whole move.',
    ),
});

/**
 * An entity that has moved.
 * @public
 */
export const entityMoveSchema = moveSchema.extend({
  entityRef: z.string(),
  owner: z.string().optional(),
  from: standingSchema,
  to: standingSchema,
});

/** @public */
export type EntityMove = z.output<typeof entityMoveSchema>;

const ownerStandingSchema = z.strictObject({
  entities: z.int().min(0),
  points: z.number().min(0).max(1).nullable().describe('Mean.'),
});

/**
 * A group whose entities, and those of the groups below it, have moved.
 * @public
 */
export const ownerMoveSchema = moveSchema.extend({
  owner: z.string(),
  risen: z.int().min(0).describe('Entities that have reached a higher level.'),
  fallen: z.int().min(0).describe('Entities that have lost their level.'),
  from: ownerStandingSchema,
  to: ownerStandingSchema,
});

/** @public */
export type OwnerMove = z.output<typeof ownerMoveSchema>;

/**
 * `GET /movers`: the largest moves first. What was not there at both instants has not moved.
 * @public
 */
export const moversSchema = z.strictObject({
  scorecard: z.string().nullable().describe('null: all of them.'),
  since: instant,
  asOf: instant,
  entities: z.strictObject({
    up: z.array(entityMoveSchema),
    down: z.array(entityMoveSchema),
  }),
  owners: z.strictObject({
    up: z.array(ownerMoveSchema),
    down: z.array(ownerMoveSchema),
  }),
});

/** @public */
export type Movers = z.output<typeof moversSchema>;
