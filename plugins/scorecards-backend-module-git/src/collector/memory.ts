import { JsonObject } from '@backstage/types';
import { z } from 'zod';

/** To be raised when the same commit is to be described in another way than before. */
const VERSION = 3;

const history = z.object({
  last: z.object({ id: z.string(), at: z.string(), author: z.string() }),
  days: z.record(z.string(), z.record(z.string(), z.number())),
  authors: z.record(
    z.string(),
    z.object({ name: z.string(), login: z.string().nullable() }),
  ),
});

const memorySchema = z.object({
  version: z.literal(VERSION),
  /** Last commit of the default branch. */
  head: z.string(),
  /** Of the answer that named it. */
  etag: z.string().optional(),
  defaultBranch: z.string(),
  /** Web address of the repository. */
  url: z.string(),
  /** The forge's id of the repository. */
  repositoryId: z.string(),
  /** When the repository was asked what its default branch is, ISO 8601. */
  askedAt: z.string(),
  /** By entity that was described at this commit: branch and path of its file. */
  described: z.record(z.string(), z.string()),
  /** What its people state, if anything: id and size of the file. */
  attestations: z.object({ sha: z.string(), size: z.number() }).optional(),
  /** By folder. */
  histories: z.record(
    z.string(),
    z.object({ head: z.string(), history: history.optional() }),
  ),
});

/** What is remembered of a repository between two runs. */
export type RepositoryMemory = Omit<z.output<typeof memorySchema>, 'version'>;

/** @returns undefined when nothing is remembered, or only in the way of an earlier version */
export function recall(
  state: JsonObject | undefined,
): RepositoryMemory | undefined {
  return memorySchema.safeParse(state).data;
}

export function toState(memory: RepositoryMemory): JsonObject {
  return { ...memory, version: VERSION } as unknown as JsonObject;
}
