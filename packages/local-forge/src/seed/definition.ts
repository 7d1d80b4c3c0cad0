import { z } from 'zod';

const path = z.string().min(1);
const days = z.number().min(0);

/** The text of a place before and after a change: `now` is what the later version says, `was` the earlier. */
const textEdit = z.strictObject({
  path,
  now: z.string().min(1),
  was: z.string(),
});

const change = z.strictObject({
  message: z.string().min(3),
  /** Login of the author; chosen from the authors of the repository when absent. */
  by: z.string().optional(),
  /** Days before the seed's `now`; spread over the span of the history when absent. */
  ago: days.optional(),
  /** Files that first appear with this commit, as globs. */
  add: z.array(path).default([]),
  /** Blocks that first appear with this commit: path to the beginnings of their first lines. */
  grow: z.record(path, z.array(z.string().min(1))).default({}),
  edit: z.array(textEdit).default([]),
});

const mergedBranch = z.strictObject({
  merge: z.string().min(1),
  commits: z.array(change).min(1),
});

const permission = z.enum(['pull', 'triage', 'push', 'maintain', 'admin']);

const review = z.strictObject({
  login: z.string(),
  state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED']),
  body: z.string(),
});

/** `seed/repositories/<name>/repository.yaml`. */
export const repositoryDefinitionSchema = z.strictObject({
  description: z.string().min(1),
  topics: z.array(z.string()).default([]),
  private: z.boolean().optional(),
  archived: z.boolean().optional(),
  teams: z.record(z.string(), permission),
  protection: z
    .strictObject({
      requiredApprovals: z.number().int().min(0),
      requireCodeOwnerReviews: z.boolean().optional(),
      enforceAdmins: z.boolean().optional(),
    })
    .optional(),
  environments: z.array(z.string()).optional(),
  /** Boilerplate of `seed/stacks/` that the repository took over. */
  stacks: z.array(z.string()).default([]),
  /** Values for the placeholders (`@@name@@`) of the stacks. */
  variables: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .default({}),
  history: z.strictObject({
    /** Days before the seed's `now` of the first and of the last commit. */
    from: days,
    to: days,
    authors: z.array(z.string()).min(1),
    commits: z.array(z.union([change, mergedBranch])).min(1),
  }),
  /** Branches that are not merged. */
  branches: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        commits: z
          .array(
            z.strictObject({
              message: z.string().min(3),
              by: z.string(),
              ago: days,
              write: z.record(path, z.string()).default({}),
              edit: z.array(textEdit).default([]),
            }),
          )
          .min(1),
      }),
    )
    .default([]),
  pullRequests: z
    .array(
      z.strictObject({
        title: z.string(),
        body: z.string(),
        head: z.string(),
        author: z.string(),
        openedDaysAgo: days,
        reviews: z.array(review).optional(),
      }),
    )
    .optional(),
  issues: z
    .array(
      z.strictObject({
        title: z.string(),
        body: z.string(),
        author: z.string(),
        labels: z.array(z.string()).default([]),
        openedDaysAgo: days,
        closedDaysAgo: days.optional(),
      }),
    )
    .optional(),
});

/** `seed/stacks/<stack>/stack.yaml`: the changes by which the boilerplate came into a repository. */
export const stackDefinitionSchema = z.strictObject({
  changes: z
    .array(
      z.strictObject({
        /** Wordings to choose from, so that repositories do not all say the same. */
        messages: z.array(z.string().min(3)).min(1),
        /** Where in the life of the repository it happened: 0 is its first commit, 1 its last. */
        at: z.number().min(0).max(1),
        by: z.array(z.string()).optional(),
        add: z.array(path).default([]),
        edit: z.array(textEdit).default([]),
      }),
    )
    .min(1),
});

/** What one commit changes, told from the final files backwards. */
export type ChangeDefinition = z.infer<typeof change>;
/** Commits made on a branch and merged with a merge commit. */
export type MergedBranchDefinition = z.infer<typeof mergedBranch>;
/** The text of a place before and after a change. */
export type TextEdit = z.infer<typeof textEdit>;
/** `seed/repositories/<name>/repository.yaml`, parsed. */
export type RepositoryDefinition = z.infer<typeof repositoryDefinitionSchema>;
/** `seed/stacks/<stack>/stack.yaml`, parsed. */
export type StackDefinition = z.infer<typeof stackDefinitionSchema>;
