import { z } from 'zod';

/**
 * Where a generated repository says what made it.
 * @public
 */
export const PROVENANCE_FILE = '.waymark/template.yaml';

/** Semantic version without build metadata. @public */
export const templateVersionSchema = z
  .string()
  .regex(
    /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/,
    'must be a semantic version such as 1.4.0',
  );

/**
 * What {@link PROVENANCE_FILE} holds.
 * @public
 */
export const provenanceSchema = z.strictObject({
  template: z.strictObject({
    /** Entity ref of the template. */
    ref: z.string(),
    version: templateVersionSchema,
    /** SHA-256 over the names, modes and contents of the files of the template's folder. */
    contentHash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  }),
  /** What the form asked and was told; never a secret. */
  answers: z.record(z.string(), z.json()),
});

/** @public */
export type Provenance = z.infer<typeof provenanceSchema>;
