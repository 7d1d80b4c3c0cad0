import { z } from 'zod';

/**
 * The repository that a description comes from, as the address of its file says.
 * @public
 */
export const sourceRepositorySchema = z.object({
  /** Host of the forge, with port if any. */
  host: z.string(),
  owner: z.string(),
  repository: z.string(),
  /** Branch and path of the file. */
  branchAndPath: z.string(),
  /** The host's id of the repository, which outlives renames. Absent until the host could be asked. */
  repositoryId: z.string().optional(),
});

/** @public */
export type SourceRepository = z.output<typeof sourceRepositorySchema>;

/**
 * What the catalog said of one entity during one interval of system time.
 * @public
 */
export const entitySnapshotSchema = z.object({
  /** Position in the change feed of the change that began the interval; unique among all snapshots. */
  sequence: z.number().int(),
  /** `kind:namespace/name` in lower case. */
  ref: z.string(),
  /** The catalog's id; an entity that was deleted and came back has another one. */
  uid: z.string(),
  kind: z.string(),
  /** `spec.type` */
  type: z.string().optional(),
  lifecycle: z.string().optional(),
  /** Ref of the owner, from the relation `ownedBy`. */
  owner: z.string().optional(),
  /** The owner and the groups above it, from the nearest to the root. */
  ownerPath: z.array(z.string()),
  /** Ref of the system it is part of. */
  system: z.string().optional(),
  /** Ref of the domain of that system, or of the system itself where the entity is one. */
  domain: z.string().optional(),
  /** Absent where the entity does not come from a file in a repository. */
  source: sourceRepositorySchema.optional(),
  /**
   * True when the interval continues the one before it under this ref: same source repository, by its id, whatever it is
   * called. The same ref from another repository inherits nothing, nor does a repository made anew under an old name.
   * False while the id is not known and the entity is a new one; the change feed tells when that is decided.
   */
  inherits: z.boolean(),
  /** First instant of the interval, ISO 8601. */
  validFrom: z.string(),
  /** First instant after the interval, ISO 8601; absent while it lasts. */
  validTo: z.string().optional(),
  /**
   * The entity: apiVersion, kind, metadata without `etag`, spec, and the relations that it states itself (not their
   * mirror images such as `ownerOf`). Texts of the spec over 1,024 characters stand as `sha256:<hex>`.
   */
  entity: z.looseObject({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z.looseObject({ name: z.string() }),
    spec: z.looseObject({}).optional(),
    relations: z
      .array(z.object({ type: z.string(), targetRef: z.string() }))
      .optional(),
  }),
});

/** @public */
export type EntitySnapshot = z.output<typeof entitySnapshotSchema>;

/**
 * One entry of the change feed. Sequences have no gaps and become visible in order.
 * @public
 */
export const snapshotChangeSchema = z.object({
  sequence: z.number().int(),
  type: z.enum(['created', 'updated', 'deleted']),
  ref: z.string(),
  uid: z.string(),
  /** System time of the change, ISO 8601. */
  at: z.string(),
});

/** @public */
export type SnapshotChange = z.output<typeof snapshotChangeSchema>;

/** @public */
export const snapshotPageSchema = z.object({
  items: z.array(entitySnapshotSchema),
  /** Give it back to read on; absent at the end. A page may be short and still have one. */
  cursor: z.string().optional(),
});

/** @public */
export type SnapshotPage = z.output<typeof snapshotPageSchema>;

/** @public */
export const snapshotChangesSchema = z.object({
  items: z.array(snapshotChangeSchema),
  /** The `after` of the next call. */
  next: z.number().int(),
});

/** @public */
export type SnapshotChanges = z.output<typeof snapshotChangesSchema>;

/**
 * Topic of the event that wakes consumers of the change feed; a hint only, the feed is the truth. Payload:
 * `{ sequence: number }`.
 * @public
 */
export const SNAPSHOTS_CHANGED_TOPIC = 'waymark.entity-snapshots.changed';

/**
 * Most items of one page or query.
 * @public
 */
export const SNAPSHOT_LIMITS = { page: 500, query: 1000, changes: 1000 };
