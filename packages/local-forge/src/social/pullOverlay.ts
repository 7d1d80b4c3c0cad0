import { PullGitFacts } from './PullFacts';
import { RestPull, RestRepository } from './types';

/** What the forge keeps of a pull request besides the emulator's record. */
export interface PullRecord {
  /** Ends of the pull request when it was merged or closed. */
  headSha?: string;
  baseSha?: string;
  mergeCommitSha?: string;
}

/** What GitHub shows of one pull request, but not in a list. */
const DETAIL_FIELDS = [
  'merged',
  'mergeable',
  'rebaseable',
  'mergeable_state',
  'merged_by',
  'comments',
  'review_comments',
  'maintainer_can_modify',
  'commits',
  'additions',
  'deletions',
  'changed_files',
];

/** A pull request as GitHub lists it. */
export function asListItem(pull: RestPull): RestPull {
  const item = { ...pull };
  for (const field of DETAIL_FIELDS) {
    delete item[field];
  }
  return item;
}

/** Lays the true ends of a pull request over the emulator's. */
export function withEnds(
  repository: RestRepository,
  pull: RestPull,
  ends: PullRecord,
): RestPull {
  const statuses = `${repository.url}/statuses/${ends.headSha ?? ''}`;
  return {
    ...pull,
    merge_commit_sha: ends.mergeCommitSha ?? null,
    statuses_url: statuses,
    head: { ...pull.head, sha: ends.headSha ?? '', repo: repository },
    base: { ...pull.base, sha: ends.baseSha ?? '', repo: repository },
    _links: { ...pull._links, statuses: { href: statuses } },
  };
}

/** GitHub's word for how mergeable a pull request is. */
export function mergeableState(
  pull: RestPull,
  facts: PullGitFacts | undefined,
  blockedBy: readonly string[],
): string {
  if (pull.state === 'closed' || !facts) {
    return 'unknown';
  }
  if (!facts.clean) {
    return 'dirty';
  }
  if (pull.draft) {
    return 'draft';
  }
  return blockedBy.length > 0 ? 'blocked' : 'clean';
}
