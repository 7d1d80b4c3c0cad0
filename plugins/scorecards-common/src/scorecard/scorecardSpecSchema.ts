import {
  appliesToSchema,
  didYouMean,
  entityRefSchema,
  idSchema,
  isoDateSchema,
  isoDurationSchema,
  ownerSchema,
} from '@waymark/waymark-common';
import { z } from 'zod';
import { celSchema } from '../cel/celSyntax';

const MAX_EXEMPTION_DAYS = 366;

const levelSchema = z.strictObject({
  id: idSchema,
  title: z.string().min(1),
  description: z.string().optional(),
});

const fixSchema = z
  .strictObject({
    docs: z
      .string()
      .regex(/^(https:\/\/|\/(?!\/))/, {
        error:
          'must be an https URL or a path of the portal that begins with /',
      })
      .optional()
      .describe('A page that explains how to fix it.'),
    effort: isoDurationSchema
      .optional()
      .describe('How long the fix takes, such as PT15M.'),
    template: entityRefSchema('template')
      .optional()
      .describe('The software template that makes the fix.'),
    with: z
      .record(z.string(), celSchema)
      .optional()
      .describe(
        'Parameters of the template, each a CEL expression over entity and facts.',
      ),
  })
  .superRefine((fix, context) => {
    if (Object.keys(fix).length === 0) {
      context.addIssue({
        code: 'custom',
        message: 'must say at least one of docs, effort or template',
      });
    }
    if (fix.with && !fix.template) {
      context.addIssue({
        code: 'custom',
        path: ['with'],
        message: 'needs a template to give the parameters to',
      });
    }
  });

const checkSchema = z.strictObject({
  id: idSchema,
  title: z.string().min(1),
  description: z.string().optional(),
  level: z.string().describe('The id of the level that this check counts for.'),
  weight: z.number().positive().default(1).describe('Its share of the points.'),
  gate: z
    .boolean()
    .default(false)
    .describe('A failing gate caps the level below the level of the check.'),
  when: celSchema
    .optional()
    .describe('CEL. Where it is false, the check is not applicable.'),
  rule: celSchema.describe('CEL. True is a pass, false a failure.'),
  warn: celSchema
    .optional()
    .describe('CEL. True makes a pass a warning; points and level stay.'),
  onUnknown: z
    .enum(['hold', 'fail', 'pass'])
    .default('hold')
    .describe('What counts while the rule cannot be known.'),
  holdFor: isoDurationSchema
    .default('P7D')
    .describe('How long onUnknown: hold keeps the last known state.'),
  effectiveFrom: isoDateSchema
    .optional()
    .describe('Before this day the check is previewed and does not count.'),
  because: z
    .string()
    .min(1)
    .describe('Why the firm asks for this, for the developer who reads it.'),
  fix: fixSchema.optional(),
});

const exemptionsSchema = z.strictObject({
  maxDays: z.number().int().min(1).max(MAX_EXEMPTION_DAYS).default(90),
  also: z
    .array(
      z.strictObject({
        when: celSchema.describe('CEL. True or unknown asks for the group.'),
        group: entityRefSchema('group'),
      }),
    )
    .default([])
    .describe('Who must approve besides the owner of the scorecard.'),
});

function repeated(ids: string[]): { index: number; first: number }[] {
  return ids
    .map((id, index) => ({ index, first: ids.indexOf(id) }))
    .filter(({ index, first }) => index !== first);
}

/**
 * The `spec` of a Scorecard.
 * @public
 */
export const scorecardSpecSchema = z
  .strictObject({
    owner: ownerSchema,
    appliesTo: appliesToSchema,
    levels: z
      .array(levelSchema)
      .min(1)
      .describe('From the lowest to the highest.'),
    exemptions: exemptionsSchema.default({ maxDays: 90, also: [] }),
    checks: z.array(checkSchema).min(1),
  })
  .superRefine((spec, context) => {
    const levels = spec.levels.map(level => level.id);
    const lists = { levels, checks: spec.checks.map(check => check.id) };
    for (const [list, ids] of Object.entries(lists)) {
      for (const { index, first } of repeated(ids)) {
        context.addIssue({
          code: 'custom',
          path: [list, index, 'id'],
          message: `repeats "${ids[index]}" of ${list}[${first}]; ids must be unique`,
        });
      }
    }
    spec.checks.forEach((check, index) => {
      if (!levels.includes(check.level)) {
        context.addIssue({
          code: 'custom',
          path: ['checks', index, 'level'],
          message: `"${
            check.level
          }" is not a level of this scorecard (${levels.join(
            ', ',
          )})${didYouMean(check.level, levels)}`,
        });
      }
    });
  });
