import { z } from 'zod';
import { checkProofSchema } from './proof';
import { checkStateSchema } from './scores';
import {
  simulationRequestSchema,
  simulationSchema,
  transitionSchema,
} from './simulation';
import { standingSchema } from './standing';

const count = z.int().min(0);
const state = checkStateSchema
  .nullable()
  .describe('null where the check is not there, or says nothing.');
const counts = z
  .record(z.string(), count)
  .describe('Entities by state of the check; a state of none is absent.');

/**
 * How one check of a definition under edit fares over the catalog, beside today's check of the same id.
 * @public
 */
export const labCheckSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  level: z.string().describe('Id of its level.'),
  before: counts
    .nullable()
    .describe('Today; null where there is no such check.'),
  after: counts
    .nullable()
    .describe('As proposed; null where the proposal has no such check.'),
  moves: z
    .array(z.strictObject({ from: state, to: state, entities: count }))
    .describe('Of entities of which it says something else, most first.'),
});

/** @public */
export type LabCheck = z.output<typeof labCheckSchema>;

/**
 * What is said of an entity today, and would be said of it.
 * @public
 */
export const labEntitySchema = transitionSchema
  .pick({ entityRef: true, type: true, owner: true })
  .extend({
    from: standingSchema
      .nullable()
      .describe('Today; null where the scorecard says nothing of it.'),
    to: standingSchema
      .nullable()
      .describe('As proposed; null where it does not apply.'),
    checks: z
      .array(z.strictObject({ check: z.string(), from: state, to: state }))
      .describe(
        'All checks, in the order of the proposal, then those that it drops.',
      ),
  });

/** @public */
export type LabEntity = z.output<typeof labEntitySchema>;

/** @public */
export const labFilterSchema = z.strictObject({
  check: z
    .string()
    .max(63)
    .optional()
    .describe('Id of a check that from and to are of.'),
  from: z
    .union([checkStateSchema, z.literal('none')])
    .optional()
    .describe('State of the check today; with check.'),
  to: z
    .union([checkStateSchema, z.literal('none')])
    .optional()
    .describe('State of the check as proposed; with check.'),
  moved: z
    .enum(['true', 'false'])
    .optional()
    .describe(
      'true: only entities of which something else would be said; with check, of which that check says something else.',
    ),
  direction: transitionSchema.shape.direction
    .optional()
    .describe('Only entities whose level would move so.'),
  fromLevel: z
    .string()
    .max(63)
    .optional()
    .describe('Id of the level today, or none; with direction.'),
  toLevel: z
    .string()
    .max(63)
    .optional()
    .describe('Id of the level as proposed, or none; with direction.'),
  owner: z.string().max(500).optional().describe('Ref of the owner, or none.'),
  q: z.string().max(200).optional().describe('A part of the ref.'),
});

/** @public */
export type LabFilter = z.output<typeof labFilterSchema>;

/**
 * Answer of `POST /lab`
 * @public
 */
export const labAnswerSchema = simulationSchema
  .pick({ scorecard: true, summary: true })
  .extend({
    asOf: z.iso
      .datetime()
      .describe('Of what is known of the entities: at most a minute ago.'),
    checks: z
      .array(labCheckSchema)
      .describe('In the order of the proposal, then those that it drops.'),
    matching: count.describe('Entities that fit the filter.'),
    entities: z.array(labEntitySchema).describe('A page of them, by ref.'),
    cursor: z
      .string()
      .optional()
      .describe('Of the next page, if there is one.'),
  });

/** @public */
export type LabAnswer = z.output<typeof labAnswerSchema>;

/**
 * `POST /lab/proofs`
 * @public
 */
export const labProofsRequestSchema = simulationRequestSchema.extend({
  entityRef: z.string().min(1).max(500),
});

/** @public */
export type LabProofsRequest = z.input<typeof labProofsRequestSchema>;

/**
 * Answer of `POST /lab/proofs`
 * @public
 */
export const labProofsSchema = z.strictObject({
  entityRef: z.string(),
  scorecard: z.string(),
  asOf: z.iso.datetime(),
  standing: standingSchema
    .nullable()
    .describe('null where the proposal does not apply to the entity.'),
  proofs: z
    .array(checkProofSchema)
    .describe('Of each check in order; none where it does not apply.'),
});

/** @public */
export type LabProofs = z.output<typeof labProofsSchema>;

/**
 * `GET /lab/definitions/{name}`
 * @public
 */
export const labDefinitionFileSchema = z.strictObject({
  url: z.string().describe('Where the file is.'),
  text: z.string().describe('As it stands in Git, with its comments.'),
});

/** @public */
export type LabDefinitionFile = z.output<typeof labDefinitionFileSchema>;
