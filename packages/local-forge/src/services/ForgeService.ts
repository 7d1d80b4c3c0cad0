/** How a merged change lands on the base branch: GitHub's three methods. */
export type MergeMethod = 'merge' | 'squash' | 'rebase';

/** What a reviewer says: GitHub's review events. */
export type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

/** A user as the pages and the portal need it. */
export interface ForgeUser {
  login: string;
  name?: string;
  email?: string;
  bio?: string;
  avatarUrl: string;
  type: 'User' | 'Bot';
}

/** A team of the organisation; `parent` is a slug. */
export interface ForgeTeam {
  id: number;
  slug: string;
  name: string;
  description?: string;
  parent?: string;
}

/** A member of a team, not counting members of its child teams. */
export interface ForgeTeamMember {
  login: string;
  name?: string;
  role: 'member' | 'maintainer';
}

/** A repository; instants are ISO 8601 in UTC. */
export interface ForgeRepository {
  id: number;
  owner: string;
  name: string;
  fullName: string;
  description?: string;
  homepage?: string;
  defaultBranch: string;
  topics: string[];
  private: boolean;
  archived: boolean;
  language?: string;
  createdAt: string;
  pushedAt?: string;
  openPullRequests: number;
  openIssues: number;
  htmlUrl: string;
}

/** A submitted review. */
export interface ForgeReview {
  id: number;
  author: string;
  state:
    | 'APPROVED'
    | 'CHANGES_REQUESTED'
    | 'COMMENTED'
    | 'DISMISSED'
    | 'PENDING';
  body: string;
  submittedAt?: string;
}

/** A comment in the conversation of a pull request or an issue. */
export interface ForgeComment {
  id: number;
  author: string;
  body: string;
  createdAt: string;
}

/** A pull request as lists show it. SHAs are those of the bare repository. */
export interface ForgePullRequestSummary {
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  merged: boolean;
  draft: boolean;
  author: string;
  head: { ref: string; sha?: string };
  base: { ref: string; sha?: string };
  createdAt: string;
  updatedAt: string;
  closedAt?: string;
  mergedAt?: string;
  htmlUrl: string;
}

/** A pull request with everything its page shows. */
export interface ForgePullRequest extends ForgePullRequestSummary {
  /** Undefined once merged or closed. */
  mergeable?: boolean;
  /** Sentences that say why it cannot be merged now; empty when it can. */
  blockedBy: string[];
  mergeCommitSha?: string;
  mergedBy?: string;
  /** Common ancestor of base and head: diff from here to `head.sha`. */
  mergeBaseSha?: string;
  commits: number;
  additions: number;
  deletions: number;
  changedFiles: number;
  requestedReviewers: string[];
  requestedTeams: string[];
  labels: string[];
  reviews: ForgeReview[];
  comments: ForgeComment[];
}

/** An issue. */
export interface ForgeIssue {
  number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  author: string;
  labels: string[];
  assignees: string[];
  createdAt: string;
  closedAt?: string;
  comments: ForgeComment[];
  htmlUrl: string;
}

/** One attempt series to deliver a webhook. */
export interface ForgeWebhookDelivery {
  id: string;
  hookId: number;
  url: string;
  event: string;
  action?: string;
  repository?: string;
  status: 'pending' | 'delivered' | 'failed';
  attempts: number;
  statusCode?: number;
  error?: string;
  createdAt: string;
  deliveredAt?: string;
}

/**
 * What in-process callers (the pages, tests) may ask of the forge.
 *
 * @remarks
 * Every method throws a `GitHubApiError` (see `errors.ts`) whose `status` is
 * the one GitHub would answer: 404 for what does not exist, 403 for a missing
 * permission, 405 for what may not be merged, 409 for a conflict, 422 for
 * invalid input. Writes act as the user named by `actor`.
 */
export interface ForgeService {
  listOwners(): Promise<{ login: string; name?: string }[]>;
  listRepositories(owner?: string): Promise<ForgeRepository[]>;
  getRepository(owner: string, name: string): Promise<ForgeRepository>;
  listPullRequests(
    owner: string,
    name: string,
    state: 'open' | 'closed' | 'all',
  ): Promise<ForgePullRequestSummary[]>;
  getPullRequest(
    owner: string,
    name: string,
    number: number,
  ): Promise<ForgePullRequest>;
  createPullRequest(
    owner: string,
    name: string,
    options: {
      actor: string;
      title: string;
      body?: string;
      head: string;
      base: string;
      draft?: boolean;
    },
  ): Promise<ForgePullRequest>;
  mergePullRequest(
    owner: string,
    name: string,
    number: number,
    options: { actor: string; method: MergeMethod },
  ): Promise<{ sha: string }>;
  closePullRequest(
    owner: string,
    name: string,
    number: number,
    options: { actor: string },
  ): Promise<void>;
  reviewPullRequest(
    owner: string,
    name: string,
    number: number,
    options: { actor: string; event: ReviewEvent; body: string },
  ): Promise<ForgeReview>;
  /** Comments on a pull request or an issue: GitHub counts both alike. */
  comment(
    owner: string,
    name: string,
    number: number,
    options: { actor: string; body: string },
  ): Promise<ForgeComment>;
  listIssues(
    owner: string,
    name: string,
    state: 'open' | 'closed' | 'all',
  ): Promise<ForgeIssue[]>;
  getIssue(owner: string, name: string, number: number): Promise<ForgeIssue>;
  listUsers(): Promise<ForgeUser[]>;
  getUser(login: string): Promise<ForgeUser>;
  listTeams(org: string): Promise<ForgeTeam[]>;
  listTeamMembers(org: string, slug: string): Promise<ForgeTeamMember[]>;
  /** Newest first. */
  listWebhookDeliveries(): Promise<ForgeWebhookDelivery[]>;
}
