import { z } from 'zod';
import { refusalSchema } from './definitions';
import { historyEntrySchema } from './scores';
import { standingSchema } from './standing';

const count = z.int().min(0);

const definitionOf = <K extends string>(kind: K) =>
  z
    .object({
      apiVersion: z.literal('waymark.dev/v1'),
      kind: z.literal(kind),
      metadata: z.looseObject({ name: z.string().min(1).max(63) }),
      spec: z.record(z.string(), z.unknown()),
    })
    .describe('As in its file.');

/**
 * `POST /simulate`: what is checked further is answered with path and reason.
 * @public
 */
export const simulationRequestSchema = z.strictObject({
  definition: definitionOf('Scorecard'),
  factSources: z
    .array(definitionOf('FactSource'))
    .max(100)
    .default([])
    .describe(
      'Of the same change: they take the place of those of the same name that are in force.',
    ),
});

/** @public */
export type SimulationRequest = z.input<typeof simulationRequestSchema>;

/**
 * An entity of which something else would be said.
 * @public
 */
export const transitionSchema = z.strictObject({
  entityRef: z.string(),
  type: z.string().optional(),
  owner: z.string().optional(),
  direction: z
    .enum(['up', 'down', 'same', 'enters', 'leaves'])
    .describe(
      'Of its level. enters, leaves: the scorecard begins or ceases to apply to it.',
    ),
  from: standingSchema
    .nullable()
    .describe('As shown today; null where the scorecard says nothing of it.'),
  to: standingSchema
    .nullable()
    .describe('By the definition that was sent; null where it does not apply.'),
  checks: historyEntrySchema.shape.changes,
});

/** @public */
export type Transition = z.output<typeof transitionSchema>;

/**
 * What a definition would change.
 * @public
 */
export const simulationSummarySchema = z.strictObject({
  entities: count.describe('To which it applies.'),
  before: count.describe('To which the scorecard applies today.'),
  changed: count.describe('Of which anything else would be said.'),
  up: count,
  down: count,
  enters: count,
  leaves: count,
  teams: count.describe('Owners of what would change.'),
  levels: z
    .array(
      z.strictObject({
        from: z.string().nullable(),
        fromTitle: z.string().nullable(),
        to: z.string().nullable(),
        toTitle: z.string().nullable(),
        direction: transitionSchema.shape.direction,
        entities: count,
      }),
    )
    .describe(
      'Moves between levels, the largest first; null is none, or not rated, or not in scope.',
    ),
  owners: z
    .array(
      z.strictObject({
        owner: z.string().nullable(),
        changed: count,
        up: count,
        down: count,
      }),
    )
    .describe('The most affected first, at most 20.'),
});

/** @public */
export type SimulationSummary = z.output<typeof simulationSummarySchema>;

/**
 * Answer of `POST /simulate`
 * @public
 */
export const simulationSchema = z.strictObject({
  scorecard: z.string(),
  asOf: z.iso.datetime().describe('ISO 8601'),
  summary: simulationSummarySchema,
  transitions: z
    .array(transitionSchema)
    .describe('Those that fall first, then by ref.'),
  cursor: z.string().optional().describe('Of the next page, if there is one.'),
});

/** @public */
export type Simulation = z.output<typeof simulationSchema>;

/**
 * What is wrong with a definition that was sent: in the body of the error of `POST /simulate`.
 * @public
 */
export const simulationProblemsSchema = z.array(refusalSchema).min(1);
