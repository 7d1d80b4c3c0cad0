import { z } from 'zod';
import { factSourceIdSchema } from '../factSource';

/** Most facts or events of one request. @public */
export const MOST_PUSHED = 1_000;

/** An instant as it is sent. @public */
export const sentInstantSchema = z.iso.datetime({
  offset: true,
  error: issue =>
    issue.input === undefined
      ? 'is missing, expected an instant such as 2026-01-31T12:00:00Z'
      : 'must be an instant such as 2026-01-31T12:00:00Z',
});

/** The entity that something sent is about. @public */
export const sentEntityRefSchema = z
  .string()
  .max(300)
  .describe('kind:namespace/name');

/**
 * What somebody says of an entity.
 * @public
 */
export const pushedFactSchema = z.strictObject({
  entityRef: sentEntityRefSchema,
  source: factSourceIdSchema.describe('Id of a fact source that is in force.'),
  payload: z
    .record(z.string(), z.unknown())
    .describe('As the schema of the fact source has it.'),
  observedAt: sentInstantSchema.describe('When it was so.'),
  url: z.string().optional().describe('Where a person can see it.'),
  commit: z
    .string()
    .optional()
    .describe('Of the repository that was looked at.'),
});

/** @public */
export type PushedFact = z.output<typeof pushedFactSchema>;

/**
 * `POST /facts`
 * @public
 */
export const factPushSchema = z.strictObject({
  facts: z.array(pushedFactSchema).min(1).max(MOST_PUSHED),
});

/**
 * What became of the facts, in their order.
 * @public
 */
export const factPushAnswerSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      entityRef: z.string(),
      source: z.string(),
      outcome: z
        .enum(['changed', 'confirmed', 'late'])
        .describe(
          'changed: it says something new. confirmed: it says what was known. late: something younger was known, no result changes.',
        ),
    }),
  ),
});

/** @public */
export type FactPushAnswer = z.output<typeof factPushAnswerSchema>;
