import { z } from 'zod';

const repository = z.object({
  name: z.string(),
  html_url: z.url(),
  default_branch: z.string(),
  owner: z.object({ login: z.string() }),
});

const files = z.array(z.string()).default([]);

/** What we read of GitHub's webhook `push`. */
export const pushSchema = z.object({
  ref: z.string(),
  repository,
  commits: z
    .array(z.object({ added: files, modified: files, removed: files }))
    .default([]),
});
export type Push = z.infer<typeof pushSchema>;

/** What we read of GitHub's webhook `repository`. */
export const repositoryEventSchema = z.object({
  action: z.string(),
  repository,
  changes: z.record(z.string(), z.unknown()).default({}),
});
export type RepositoryEvent = z.infer<typeof repositoryEventSchema>;
