import { CodeOwnersRule, ownersOf } from '@waymark/waymark-common';
import { BranchProtection } from './protection';

/** A review, reduced to what the rules ask. */
export interface RuledReview {
  author: string;
  state: string;
  commit: string;
  /** Whether the reviewer could push: only then does an approval count. */
  canWrite: boolean;
  /** `@acme/team` of all teams of the reviewer, and `@login`. */
  identities: ReadonlySet<string>;
}

/** What decides whether a pull request may be merged. */
export interface MergeFacts {
  state: 'open' | 'closed';
  merged: boolean;
  draft: boolean;
  archived: boolean;
  author: string;
  headSha?: string;
  baseSha?: string;
  conflicts: readonly string[];
  clean: boolean;
  reviews: readonly RuledReview[];
  protection?: BranchProtection;
  changedPaths: readonly string[];
  codeOwners: readonly CodeOwnersRule[];
  /** Contexts of statuses and check runs of the head that succeeded. */
  succeededChecks: ReadonlySet<string>;
  behindBase: boolean;
}

/**
 * Sentences that say why a pull request cannot be merged, none when it can.
 * GitHub's rules: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches
 */
export function reasonsAgainstMerge(facts: MergeFacts): string[] {
  if (facts.merged) {
    return ['The pull request is already merged.'];
  }
  if (facts.state === 'closed') {
    return ['The pull request is closed.'];
  }
  const reasons: string[] = [];
  if (facts.archived) {
    reasons.push('The repository is archived and read-only.');
  }
  if (facts.draft) {
    reasons.push('The pull request is still a draft.');
  }
  if (!facts.headSha) {
    reasons.push('The head branch does not exist any more.');
  }
  if (!facts.baseSha) {
    reasons.push('The base branch does not exist any more.');
  }
  if (facts.headSha && facts.baseSha && !facts.clean) {
    reasons.push(
      facts.conflicts.length > 0
        ? `There are merge conflicts in ${facts.conflicts.join(', ')}.`
        : 'The branches have no common history.',
    );
  }
  const { protection } = facts;
  if (protection) {
    reasons.push(
      ...reviewReasons(facts, protection),
      ...checkReasons(facts, protection),
    );
    if (protection.lock_branch) {
      reasons.push('The base branch is locked.');
    }
  }
  return reasons;
}

/** The last word of each reviewer but the author; a comment takes nothing back. */
export function standingReviews(facts: {
  author: string;
  reviews: readonly RuledReview[];
}): RuledReview[] {
  const latest = new Map<string, RuledReview>();
  for (const review of facts.reviews) {
    if (
      review.author !== facts.author &&
      review.state !== 'COMMENTED' &&
      review.state !== 'PENDING'
    ) {
      latest.set(review.author, review);
    }
  }
  return [...latest.values()].filter(review => review.state !== 'DISMISSED');
}

function reviewReasons(
  facts: MergeFacts,
  protection: BranchProtection,
): string[] {
  const rules = protection.required_pull_request_reviews;
  if (!rules) {
    return [];
  }
  const reasons: string[] = [];
  const standing = standingReviews(facts).filter(review => review.canWrite);
  const approvals = standing.filter(
    review =>
      review.state === 'APPROVED' &&
      (!rules.dismiss_stale_reviews || review.commit === facts.headSha),
  );
  const missing = rules.required_approving_review_count - approvals.length;
  if (missing > 0) {
    reasons.push(
      `At least ${rules.required_approving_review_count} approving ${
        rules.required_approving_review_count === 1
          ? 'review is required by a reviewer'
          : 'reviews are required by reviewers'
      } with write access.`,
    );
  }
  for (const review of standing) {
    if (review.state === 'CHANGES_REQUESTED') {
      reasons.push(`${review.author} requested changes.`);
    }
  }
  if (rules.require_code_owner_reviews) {
    reasons.push(...codeOwnerReasons(facts, approvals));
  }
  return reasons;
}

function codeOwnerReasons(
  facts: MergeFacts,
  approvals: readonly RuledReview[],
): string[] {
  const waiting = new Set<string>();
  for (const path of facts.changedPaths) {
    const owners = ownersOf(facts.codeOwners, path);
    const approved = approvals.some(review =>
      owners.some(owner => review.identities.has(owner)),
    );
    if (owners.length > 0 && !approved) {
      waiting.add(owners.join(' or '));
    }
  }
  return [...waiting].map(
    owners => `A review by the code owner ${owners} is required.`,
  );
}

function checkReasons(
  facts: MergeFacts,
  protection: BranchProtection,
): string[] {
  const rules = protection.required_status_checks;
  if (!rules) {
    return [];
  }
  const missing = rules.contexts.filter(
    context => !facts.succeededChecks.has(context),
  );
  const reasons = missing.map(
    context => `Required status check "${context}" has not succeeded.`,
  );
  if (rules.strict && rules.contexts.length > 0 && facts.behindBase) {
    reasons.push('The head branch is not up to date with the base branch.');
  }
  return reasons;
}
