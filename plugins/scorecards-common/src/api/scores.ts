import { z } from 'zod';
import type { CheckState, UnderlyingState } from '../scores';
import { exemptionDebtSchema } from './exemptions';

const instant = z.iso.datetime().describe('ISO 8601');

const states = [
  'pass',
  'warn',
  'fail',
  'unknown',
  'notApplicable',
  'exempt',
  'upcoming',
] as const satisfies readonly CheckState[];

const underlyingStates = [
  'pass',
  'warn',
  'fail',
  'unknown',
  'notApplicable',
] as const satisfies readonly UnderlyingState[];

/** @public */
export const checkStateSchema = z.enum(states);

/**
 * Why a result began.
 * @public
 */
export const causeSchema = z.enum([
  'fact',
  'definition',
  'entity',
  'scope',
  'exemption',
  'staleness',
  'collector',
  'time',
  'new',
  'engine',
]);

/** @public */
export type Cause = z.output<typeof causeSchema>;

/**
 * What one check says of one entity.
 * @public
 */
export const checkScoreSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  level: z.string().describe('Id of the level that the check counts for.'),
  weight: z.number(),
  gate: z.boolean(),
  state: checkStateSchema,
  underlying: z
    .enum(underlyingStates)
    .optional()
    .describe(
      'Of unknown: what the check counts as; absent where it blocks its level. Of exempt and upcoming: what the check would say otherwise.',
    ),
  held: z
    .boolean()
    .optional()
    .describe('The underlying state is the last known one.'),
  heldSince: instant.optional().describe('When it was last known.'),
  effectiveFrom: z.string().optional().describe('Of upcoming.'),
  exemptUntil: instant.optional().describe('Of exempt.'),
});

/** @public */
export type CheckScore = z.output<typeof checkScoreSchema>;

/**
 * Level, points and confidence of an entity in a scorecard.
 * @public
 */
export const scoreSummarySchema = z.strictObject({
  scorecard: z.string(),
  title: z.string(),
  rated: z
    .boolean()
    .describe('False where nothing at all is known of the entity.'),
  level: z
    .string()
    .nullable()
    .describe('Id of the level that was earned; null where none was.'),
  levelTitle: z.string().nullable(),
  rank: z
    .int()
    .nullable()
    .describe('Position of the level from 0; -1 for none, null if not rated.'),
  points: z.number().min(0).max(1).nullable(),
  confidence: z.number().min(0).max(1).nullable(),
  since: instant.describe(
    'When anything of this result last changed, for the cause that it says: a state, the points, an exemption, a hold, the definition, or whose the entity is. The level may be older.',
  ),
  cause: causeSchema,
  causeDetail: z.string().optional(),
  definition: z.string().describe('Hash of the definition that was applied.'),
  demo: z
    .literal(true)
    .optional()
    .describe('It was replayed for a demonstration, and not lived through.'),
});

/** @public */
export const entityScoreSchema = scoreSummarySchema.extend({
  debt: exemptionDebtSchema
    .optional()
    .describe('The exemptions in force; absent where there are none.'),
  checks: z.array(checkScoreSchema),
});

/** @public */
export type EntityScore = z.output<typeof entityScoreSchema>;

/**
 * `GET /entities/{ref}/scores`
 * @public
 */
export const entityScoresSchema = z.strictObject({
  entityRef: z.string(),
  asOf: instant,
  owner: z
    .string()
    .optional()
    .describe(
      'Ref of who owned the entity at that instant; absent where nobody did.',
    ),
  knowledge: z
    .enum(['then', 'now'])
    .describe(
      'then: what the portal said at that instant. now: what it would have said, knowing what it knows today.',
    ),
  pending: z
    .boolean()
    .describe('Something has changed that is not yet in the results.'),
  scorecards: z.array(entityScoreSchema),
});

/** @public */
export type EntityScores = z.output<typeof entityScoresSchema>;

/**
 * A row of `GET /scorecards/{name}/results`
 * @public
 */
export const scorecardResultSchema = entityScoreSchema
  .omit({ scorecard: true, title: true, definition: true })
  .extend({
    entityRef: z.string(),
    type: z.string().optional(),
    owner: z.string().optional(),
    checks: z.array(
      checkScoreSchema.pick({
        id: true,
        state: true,
        underlying: true,
        held: true,
      }),
    ),
  });

/** @public */
export type ScorecardResultRow = z.output<typeof scorecardResultSchema>;

/** @public */
export const scorecardResultsSchema = z.strictObject({
  items: z.array(scorecardResultSchema),
  cursor: z.string().optional(),
});

/** @public */
export type ScorecardResults = z.output<typeof scorecardResultsSchema>;

/**
 * One entry of `GET /entities/{ref}/history`, newest first
 * @public
 */
export const historyEntrySchema = scoreSummarySchema.extend({
  until: instant.optional().describe('Absent while it lasts.'),
  removed: z
    .boolean()
    .describe('The scorecard no longer applied to the entity.'),
  changes: z.array(
    z.strictObject({
      check: z.string(),
      from: checkStateSchema.nullable(),
      to: checkStateSchema.nullable(),
    }),
  ),
});

/** @public */
export const entityHistorySchema = z.strictObject({
  entityRef: z.string(),
  items: z.array(historyEntrySchema),
  cursor: z.string().optional(),
});

/** @public */
export type EntityHistory = z.output<typeof entityHistorySchema>;
/** @public */
export type HistoryEntry = z.output<typeof historyEntrySchema>;

/**
 * `POST /results/query`: what is stored, packed, for services that know the definitions
 * @public
 */
export const packedResultsSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      entityRef: z.string(),
      results: z.array(
        scoreSummarySchema
          .pick({
            scorecard: true,
            rank: true,
            points: true,
            confidence: true,
            since: true,
            cause: true,
            causeDetail: true,
            definition: true,
          })
          .extend({
            results: z
              .string()
              .describe(
                'Packed results of the checks in the order of the definition.',
              ),
          }),
      ),
    }),
  ),
});

/** @public */
export type PackedResults = z.output<typeof packedResultsSchema>;
