import { z } from 'zod';

/**
 * Topic of the events service: a run of a template has ended.
 * @public
 */
export const SCAFFOLD_COMPLETED_TOPIC = 'scaffold.completed';

/**
 * Payload of {@link SCAFFOLD_COMPLETED_TOPIC}.
 *
 * @remarks
 *
 * Published once the end is stored, and again with the same `id` when a run that failed was retried: the last one counts. A portal
 * that is killed in between does not publish it: who must not miss a run compares with the scaffolder's list of runs.
 *
 * @public
 */
export const scaffoldCompletedSchema = z.object({
  /** The run; the same for every repetition of the event. */
  id: z.string(),
  templateRef: z.string(),
  /** Absent when the template states no version. */
  templateVersion: z.string().optional(),
  outcome: z.enum(['completed', 'failed', 'cancelled']),
  /** The user who started it; absent for a service. */
  initiator: z.string().optional(),
  startedAt: z.iso.datetime(),
  completedAt: z.iso.datetime(),
  /** From the submitted form to the end of the last step, waiting and recovery included. */
  durationSeconds: z.number().nonnegative(),
  /** The entity that the run waited for, if it did. */
  entityRef: z.string().optional(),
  /** The page of the repository that the run published, if it did. */
  repositoryUrl: z.string().optional(),
});

/** @public */
export type ScaffoldCompleted = z.infer<typeof scaffoldCompletedSchema>;
