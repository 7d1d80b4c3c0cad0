import { z } from 'zod';

/**
 * The name of a component and of its repository: lower-case words with hyphens, 3 to 50 characters. Safe as a path segment,
 * a DNS label, a container name and in a shell.
 * @public
 */
export const componentNameSchema = z
  .string()
  .min(3, 'must have at least 3 characters')
  .max(50, 'must have at most 50 characters')
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'must be lower-case words with hyphens between them, such as refund-worker',
  );

/** @public */
export const languageSchema = z.enum(['go', 'node']);
/** @public */
export type Language = z.infer<typeof languageSchema>;

/**
 * What a service keeps its data in.
 * @public
 */
export const backEndSchema = z.enum(['none', 'postgresql', 'queue']);
/** @public */
export type BackEnd = z.infer<typeof backEndSchema>;

/**
 * The answer of `GET /api/scaffolder/golden-paths/names/:name`: whether a new component may have the name.
 * @public
 */
export const nameAvailabilitySchema = z.object({
  name: z.string(),
  available: z.boolean(),
  /** Why not, one sentence each; empty when it is available. */
  reasons: z.array(z.string()),
});
/** @public */
export type NameAvailability = z.infer<typeof nameAvailabilitySchema>;
