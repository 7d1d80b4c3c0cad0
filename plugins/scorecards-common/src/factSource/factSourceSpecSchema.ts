import { JsonObject } from '@backstage/types';
import {
  appliesToSchema,
  isoDurationSchema,
  ownerSchema,
} from '@waymark/waymark-common';
import { z } from 'zod';
import { factSchemaProblems } from './factSchemaProblems';

// Words that the CEL grammar keeps for itself: a source of that name could not be written in a rule.
const CEL_WORDS = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

/**
 * The id of a fact source, the `github` of `facts.github.branchProtection`.
 * @public
 */
export const factSourceIdSchema = z
  .string()
  .max(63)
  .regex(/^[a-z][a-zA-Z0-9]*$/, {
    error:
      'must begin with a lower-case letter and hold letters and digits only, because rules write it as facts.<id>',
  })
  .refine(id => !CEL_WORDS.has(id), {
    error: 'is a word of the rule language, choose another id',
  });

const writerSchema = z
  .strictObject({
    token: z
      .string()
      .min(1)
      .optional()
      .describe(
        'The subject of an access token that the portal is configured with.',
      ),
    ci: z
      .literal('sourceRepository')
      .optional()
      .describe(
        'A CI identity token whose repository is the source repository of the entity.',
      ),
    attestation: z
      .literal('sourceRepository')
      .optional()
      .describe(
        'The file .waymark/facts.yaml in the source repository of the entity.',
      ),
    collector: z
      .string()
      .min(1)
      .optional()
      .describe('The id of a collector that runs inside the portal.'),
  })
  .refine(writer => Object.keys(writer).length === 1, {
    error: 'must name exactly one of token, ci, attestation or collector',
  });

const scheduleSchema = z.strictObject({
  frequency: isoDurationSchema.describe('How often the collector runs.'),
  timeout: isoDurationSchema.describe('After how long a run is given up.'),
  initialDelay: isoDurationSchema.optional(),
});

const factSchemaSchema = z
  .record(z.string(), z.json())
  .superRefine((schema, context) => {
    for (const problem of factSchemaProblems(schema as JsonObject)) {
      context.addIssue({
        code: 'custom',
        path: problem.path,
        message: problem.reason,
      });
    }
  })
  .describe(
    'JSON Schema (2020-12) of a fact: an object whose properties are all required.',
  );

/**
 * The `spec` of a FactSource.
 * @public
 */
export const factSourceSpecSchema = z.strictObject({
  id: factSourceIdSchema.describe('Rules read its facts as facts.<id>.'),
  owner: ownerSchema,
  appliesTo: appliesToSchema,
  schema: factSchemaSchema,
  staleAfter: isoDurationSchema.describe(
    'After how long without confirmation a fact is no longer known.',
  ),
  writers: z
    .array(writerSchema)
    .default([])
    .describe('Who may write facts of this source. Nobody by default.'),
  retention: z
    .enum(['operational', 'evidence'])
    .default('operational')
    .describe('operational: 90 days. evidence: 7 years.'),
  schedule: scheduleSchema
    .optional()
    .describe('When a collector gathers the facts.'),
});
