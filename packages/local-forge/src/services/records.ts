import { Team } from '../social/Access';
import { PullDetails } from '../social/PullRequestService';
import { Json, RestPull, RestRepository } from '../social/types';
import {
  ForgeComment,
  ForgeIssue,
  ForgePullRequest,
  ForgePullRequestSummary,
  ForgeRepository,
  ForgeReview,
  ForgeTeam,
  ForgeUser,
} from './ForgeService';

/** A repository. */
export function repositoryOf(
  repository: RestRepository,
  openPullRequests: number,
): ForgeRepository {
  return {
    id: repository.id,
    owner: repository.owner.login,
    name: repository.name,
    fullName: repository.full_name,
    description: repository.description ?? undefined,
    homepage: repository.homepage ?? undefined,
    defaultBranch: repository.default_branch,
    topics: repository.topics,
    private: repository.private,
    archived: repository.archived,
    language: repository.language ?? undefined,
    createdAt: repository.created_at,
    pushedAt: repository.pushed_at ?? undefined,
    openPullRequests,
    openIssues: Math.max(0, repository.open_issues_count - openPullRequests),
    htmlUrl: repository.html_url,
  };
}

/** A person or bot. */
export function userOf(user: Json): ForgeUser {
  return {
    login: user.login,
    name: user.name ?? undefined,
    email: user.email ?? undefined,
    bio: user.bio ?? undefined,
    avatarUrl: user.avatar_url,
    type: user.type,
  };
}

/** A team. */
export function teamOf(team: Team): ForgeTeam {
  return {
    id: team.id,
    slug: team.slug,
    name: team.name,
    description: team.description ?? undefined,
    parent: team.parent,
  };
}

/** A pull request as lists show it. */
export function summaryOf(pull: RestPull): ForgePullRequestSummary {
  return {
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    state: pull.state,
    merged: pull.merged,
    draft: pull.draft,
    author: pull.user?.login ?? 'ghost',
    head: { ref: pull.head.ref, sha: pull.head.sha || undefined },
    base: { ref: pull.base.ref, sha: pull.base.sha || undefined },
    createdAt: pull.created_at,
    updatedAt: pull.updated_at,
    closedAt: pull.closed_at ?? undefined,
    mergedAt: pull.merged_at ?? undefined,
    htmlUrl: pull.html_url,
  };
}

/** A pull request with what Git and the rules say about it. */
export function pullRequestOf({
  pull,
  facts,
  blockedBy,
}: PullDetails): Omit<ForgePullRequest, 'reviews' | 'comments'> {
  return {
    ...summaryOf(pull),
    mergeable: pull.state === 'open' ? facts?.clean ?? false : undefined,
    blockedBy,
    mergeCommitSha: pull.merge_commit_sha ?? undefined,
    mergedBy: pull.merged_by?.login,
    mergeBaseSha: facts?.mergeBase,
    commits: pull.commits,
    additions: pull.additions,
    deletions: pull.deletions,
    changedFiles: pull.changed_files,
    requestedReviewers: pull.requested_reviewers.map(({ login }) => login),
    requestedTeams: pull.requested_teams.map(({ slug }) => slug),
    labels: pull.labels.map(label => label.name),
  };
}

/** A review. */
export function reviewOf(review: Json): ForgeReview {
  return {
    id: review.id,
    author: review.user?.login ?? 'ghost',
    state: review.state,
    body: review.body ?? '',
    submittedAt: review.submitted_at ?? undefined,
  };
}

/** A comment of an issue or pull request. */
export function commentOf(comment: Json): ForgeComment {
  return {
    id: comment.id,
    author: comment.user?.login ?? 'ghost',
    body: comment.body ?? '',
    createdAt: comment.created_at,
  };
}

/** An issue with its comments. */
export function issueOf(issue: Json, comments: ForgeComment[]): ForgeIssue {
  return {
    number: issue.number,
    title: issue.title,
    body: issue.body ?? '',
    state: issue.state,
    author: issue.user?.login ?? 'ghost',
    labels: issue.labels.map((label: Json) => label.name),
    assignees: issue.assignees.map((user: Json) => user.login),
    createdAt: issue.created_at,
    closedAt: issue.closed_at ?? undefined,
    comments,
    htmlUrl: issue.html_url,
  };
}
