import { z } from 'zod';

/**
 * An entity or file that the catalog fails to process, and why.
 * @public
 */
export const catalogProblemSchema = z.object({
  /** Of the entity, or of the location that stands for the file. */
  entityRef: z.string(),
  /** The file, as `url:https://…`. */
  location: z.string().optional(),
  errors: z.array(z.object({ name: z.string(), message: z.string() })),
  /** Whether the catalog still shows a last good version. */
  lastGood: z.boolean(),
  /** Since when it has failed as it does now, ISO 8601. */
  since: z.string(),
  /**
   * The entity, or what the catalog shows from that file, as far as the reader may see it; with the owner. Empty for a
   * file that never was good.
   */
  affected: z.array(
    z.object({ entityRef: z.string(), owner: z.string().optional() }),
  ),
});

/** @public */
export type CatalogProblem = z.output<typeof catalogProblemSchema>;

/** @public */
export const catalogProblemPageSchema = z.object({
  items: z.array(catalogProblemSchema),
  /** Give it back to read on; absent at the end. A page may be short and still have one. */
  cursor: z.string().optional(),
});

/** @public */
export type CatalogProblemPage = z.output<typeof catalogProblemPageSchema>;
