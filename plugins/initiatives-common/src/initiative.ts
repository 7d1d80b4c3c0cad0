import {
  defineKind,
  isoDateSchema,
  ownerSchema,
} from '@waymark/waymark-common';
import { z } from 'zod';

/**
 * The `spec` of an Initiative, as far as it is fixed.
 *
 * @remarks
 * Only the envelope is checked here: keys that are not named are kept as they are, and belong to the initiatives plugin,
 * which checks them when it adopts the initiative.
 * @public
 */
export const initiativeSpecSchema = z
  .looseObject({
    owner: ownerSchema,
    start: isoDateSchema.optional().describe('The first day of work.'),
    due: isoDateSchema.optional().describe('The last day of work.'),
    brief: z.string().optional().describe('Why, for those who do the work.'),
  })
  .refine(spec => !spec.start || !spec.due || spec.start <= spec.due, {
    path: ['due'],
    error: 'must not be before the start',
  });

/**
 * The kind `Initiative`: a goal over checks and a population, with an owner and a due date.
 * @public
 */
export const initiativeKind = defineKind({
  kind: 'Initiative',
  description:
    'A goal over checks and a population, with an owner and a due date.',
  spec: initiativeSpecSchema,
});

/**
 * The `spec` of an initiative, as far as it is fixed.
 * @public
 */
export type InitiativeSpec = z.output<typeof initiativeSpecSchema>;
