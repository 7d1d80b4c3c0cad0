import { z } from 'zod';
import { MOST_PUSHED, pushedFactSchema, sentInstantSchema } from './push';

/**
 * Where a repository says what nothing else can: relative to its root.
 * @public
 */
export const ATTESTATION_FILE = '.waymark/facts.yaml';

const day = z.iso.date();

/**
 * What the people of a repository state of its entities in {@link ATTESTATION_FILE}.
 * @public
 */
export const attestationFileSchema = z.strictObject({
  apiVersion: z.literal('waymark.dev/v1'),
  kind: z.literal('Facts'),
  facts: z
    .array(
      pushedFactSchema.omit({ commit: true }).extend({
        observedAt: z
          .string()
          .refine(
            text =>
              day.safeParse(text).success ||
              sentInstantSchema.safeParse(text).success,
            {
              error:
                'must be a date such as 2026-01-31, or an instant such as 2026-01-31T12:00:00Z',
            },
          )
          .describe(
            'When somebody made sure. It does not move by itself: once the fact is stale, somebody has to look again.',
          ),
      }),
    )
    .max(MOST_PUSHED),
});
