import { z } from 'zod';
import type { Proof } from '../rules';
import { checkScoreSchema } from './scores';

const instant = z.iso.datetime().describe('ISO 8601');

const factProvenanceSchema = z.strictObject({
  source: z.string(),
  path: z.array(z.string()),
  observedAt: z.string().optional(),
  collector: z.string().optional(),
  url: z.string().optional(),
  commit: z.string().optional(),
});

/**
 * A sub-expression, its value, and what it was computed from.
 * @public
 */
export const proofSchema: z.ZodType<Proof> = z
  .strictObject({
    expression: z.string(),
    start: z.int(),
    end: z.int(),
    evaluated: z.boolean(),
    value: z.json().optional(),
    cut: z.boolean().optional(),
    incomplete: z.boolean().optional(),
    unknown: z
      .strictObject({
        reason: z.enum([
          'missing',
          'stale',
          'collectorError',
          'ruleError',
          'noAccess',
        ]),
        detail: z.string(),
        source: z.string().optional(),
      })
      .optional(),
    fact: factProvenanceSchema.optional(),
    get children() {
      return z.array(proofSchema);
    },
  })
  .meta({ id: 'Proof' });

/**
 * `GET /entities/{ref}/checks/{scorecard}/{check}/proof`
 * @public
 */
export const checkProofSchema = z.strictObject({
  entityRef: z.string(),
  scorecard: z.string(),
  definition: z.string().describe('Hash of the definition that was applied.'),
  asOf: instant,
  pending: z
    .boolean()
    .describe(
      'Something has changed that is not yet in the result, so the rule may say something else. The result follows.',
    ),
  result: checkScoreSchema,
  because: z.string(),
  rule: proofSchema,
  when: proofSchema.optional(),
  warn: proofSchema.optional(),
  facts: z
    .array(factProvenanceSchema.omit({ path: true }))
    .describe('Every fact that was looked at.'),
  fix: z
    .strictObject({
      docs: z.string().optional(),
      effort: z.string().optional(),
      template: z.string().optional(),
      with: z
        .record(z.string(), z.json())
        .optional()
        .describe('Parameters of the template, as far as they are known.'),
    })
    .optional(),
});

/** @public */
export type CheckProof = z.output<typeof checkProofSchema>;
