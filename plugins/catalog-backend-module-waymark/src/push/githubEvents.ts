import { z } from 'zod';

export const PUSH_TOPIC = 'github.push';
export const REPOSITORY_TOPIC = 'github.repository';

const repository = z.object({
  id: z.number().optional(),
  name: z.string(),
  html_url: z.url(),
  default_branch: z.string(),
  owner: z.object({ login: z.string() }),
});

const files = z.array(z.string()).optional();

/** What we read of GitHub's webhook `push`. */
export const pushSchema = z.object({
  ref: z.string(),
  repository,
  /** The branch was moved to a commit that does not follow its last one. */
  forced: z.boolean().default(false),
  deleted: z.boolean().default(false),
  commits: z
    .array(z.object({ added: files, modified: files, removed: files }))
    .default([]),
});
export type Push = z.infer<typeof pushSchema>;

/** GitHub lists no more commits than this in one webhook. */
const MOST_COMMITS = 2048;

/**
 * The files that a push has changed; undefined when it does not tell: the commits that a forced push has taken away, or
 * all of a deleted branch, are not listed, and neither is what exceeds GitHub's limit.
 */
export function changedFiles(push: Push): string[] | undefined {
  const { forced, deleted, commits } = push;
  const complete =
    !forced &&
    !deleted &&
    commits.length > 0 &&
    commits.length < MOST_COMMITS &&
    commits.every(
      ({ added, modified, removed }) => added || modified || removed,
    );
  return complete
    ? commits.flatMap(({ added = [], modified = [], removed = [] }) => [
        ...added,
        ...modified,
        ...removed,
      ])
    : undefined;
}

/** What we read of GitHub's webhook `repository`. */
export const repositoryEventSchema = z.object({
  action: z.string(),
  repository,
  changes: z.record(z.string(), z.unknown()).default({}),
});
export type RepositoryEvent = z.infer<typeof repositoryEventSchema>;

const login = z.object({ login: z.string() }).optional();

/** The `changes` of a repository that has another name now. */
export const renameSchema = z.object({
  repository: z.object({ name: z.object({ from: z.string() }) }),
});

/** The `changes` of a repository that has another owner now. */
export const transferSchema = z.object({
  owner: z.object({ from: z.object({ organization: login, user: login }) }),
});
