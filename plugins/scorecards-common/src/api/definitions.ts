import { z } from 'zod';
import { factSourceSpecSchema } from '../factSource';
import { scorecardSpecSchema } from '../scorecard';

const instant = z.iso.datetime().describe('ISO 8601');

/**
 * Why a definition was refused.
 * @public
 */
export const refusalSchema = z.strictObject({
  path: z.string(),
  reason: z.string(),
});

/**
 * Whether what Git says is in force.
 * @public
 */
export const definitionStatusSchema = z.strictObject({
  ref: z.string().describe('The entity of the catalog.'),
  status: z
    .enum(['adopted', 'rejected'])
    .describe('Of the newest version that was seen.'),
  problems: z.array(refusalSchema),
  location: z
    .string()
    .optional()
    .describe('Of the file that was refused, such as `url:https://…`.'),
  inForce: z
    .strictObject({ hash: z.string(), since: instant })
    .nullable()
    .describe('The version that is applied; null where none was ever good.'),
  goneSince: instant
    .optional()
    .describe(
      'It has vanished from Git, and stays in force for a day after this.',
    ),
});

/** @public */
export type DefinitionStatus = z.output<typeof definitionStatusSchema>;

/** @public */
export const scorecardSummarySchema = definitionStatusSchema.extend({
  name: z.string(),
  title: z.string(),
  description: z.string().optional(),
  spec: scorecardSpecSchema
    .nullable()
    .describe('Of the version that is applied.'),
});

/** @public */
export type ScorecardSummary = z.output<typeof scorecardSummarySchema>;

/**
 * `GET /scorecards`
 * @public
 */
export const scorecardListSchema = z.strictObject({
  items: z.array(scorecardSummarySchema),
  demo: z
    .strictObject({ from: instant, until: instant })
    .optional()
    .describe(
      'The part of the past, if any, that was replayed for a demonstration and not lived through.',
    ),
});

/** @public */
export const factSourceSummarySchema = definitionStatusSchema.extend({
  id: z.string(),
  title: z.string(),
  description: z.string().optional(),
  spec: factSourceSpecSchema.nullable(),
});

/**
 * `GET /fact-sources`
 * @public
 */
export const factSourceListSchema = z.strictObject({
  items: z.array(factSourceSummarySchema),
});

/** @public */
export type ScorecardList = z.output<typeof scorecardListSchema>;
/** @public */
export type FactSourceList = z.output<typeof factSourceListSchema>;
