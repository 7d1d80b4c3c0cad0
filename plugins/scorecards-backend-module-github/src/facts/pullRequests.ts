import { z } from 'zod';

/** What we read of the open pull requests. */
export const pullRequestsSchema = z.array(
  z.object({
    number: z.number(),
    draft: z.boolean().default(false),
    created_at: z.string(),
    user: z.object({ login: z.string() }).nullish(),
    base: z.object({ ref: z.string() }),
  }),
);

/** The open pull requests of a repository. Their age is for rules to tell: facts do not change by the calendar alone. */
export interface PullRequestFacts {
  open: number;
  oldestOpenedAt: string | null;
  oldest: {
    number: number;
    author: string | null;
    draft: boolean;
    base: string;
    openedAt: string;
  }[];
}

const MOST_NAMED = 50;

/** @param listed - all of them */
export function pullRequests(
  listed: z.output<typeof pullRequestsSchema>,
): PullRequestFacts {
  const oldest = listed
    .map(pull => ({
      number: pull.number,
      author: pull.user?.login ?? null,
      draft: pull.draft,
      base: pull.base.ref,
      openedAt: new Date(pull.created_at).toISOString(),
    }))
    .sort((one, other) => one.number - other.number);
  return {
    open: oldest.length,
    oldestOpenedAt: oldest.length
      ? oldest.map(({ openedAt }) => openedAt).sort()[0]
      : null,
    oldest: oldest.slice(0, MOST_NAMED),
  };
}
