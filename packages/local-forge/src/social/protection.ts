import { GitHubApiError } from '../errors';
import { Json } from './types';

/** Who may pass a rule: logins, team slugs, app slugs. */
export interface Allowances {
  users: string[];
  teams: string[];
  apps: string[];
}

/** Protection of one branch, in the terms of GitHub's request. */
export interface BranchProtection {
  required_status_checks: { strict: boolean; contexts: string[] } | null;
  enforce_admins: boolean;
  required_pull_request_reviews: {
    required_approving_review_count: number;
    dismiss_stale_reviews: boolean;
    require_code_owner_reviews: boolean;
    require_last_push_approval: boolean;
    bypass_pull_request_allowances?: Allowances;
  } | null;
  restrictions: Allowances | null;
  required_linear_history: boolean;
  allow_force_pushes: boolean;
  allow_deletions: boolean;
  block_creations: boolean;
  required_conversation_resolution: boolean;
  lock_branch: boolean;
  allow_fork_syncing: boolean;
  required_signatures: boolean;
}

/**
 * Reads the body of "update branch protection".
 *
 * @throws GitHubApiError 422 that names the field, as GitHub does when one of
 * its four mandatory fields is missing.
 */
export function parseProtection(
  body: Json,
  present?: BranchProtection,
): BranchProtection {
  for (const field of [
    'required_status_checks',
    'enforce_admins',
    'required_pull_request_reviews',
    'restrictions',
  ]) {
    if (body[field] === undefined) {
      throw new GitHubApiError(
        422,
        `Invalid request.\n\n"${field}" wasn't supplied.`,
      );
    }
  }
  return {
    required_status_checks: parseStatusChecks(body.required_status_checks),
    enforce_admins: body.enforce_admins === true,
    required_pull_request_reviews: parseReviews(
      body.required_pull_request_reviews,
    ),
    restrictions: body.restrictions ? parseAllowances(body.restrictions) : null,
    required_linear_history: body.required_linear_history === true,
    allow_force_pushes: body.allow_force_pushes === true,
    allow_deletions: body.allow_deletions === true,
    block_creations: body.block_creations === true,
    required_conversation_resolution:
      body.required_conversation_resolution === true,
    lock_branch: body.lock_branch === true,
    allow_fork_syncing: body.allow_fork_syncing === true,
    required_signatures: present?.required_signatures ?? false,
  };
}

export function parseStatusChecks(
  value: Json | null,
): BranchProtection['required_status_checks'] {
  if (!value) {
    return null;
  }
  const checks = Array.isArray(value.checks)
    ? value.checks.map((check: Json) => check.context)
    : value.contexts;
  return {
    strict: value.strict === true,
    contexts: strings(checks),
  };
}

export function parseReviews(
  value: Json | null,
): BranchProtection['required_pull_request_reviews'] {
  if (!value) {
    return null;
  }
  const count = value.required_approving_review_count ?? 1;
  if (!Number.isInteger(count) || count < 0 || count > 6) {
    throw new GitHubApiError(
      422,
      'required_approving_review_count must be a whole number from 0 to 6',
    );
  }
  return {
    required_approving_review_count: count,
    dismiss_stale_reviews: value.dismiss_stale_reviews === true,
    require_code_owner_reviews: value.require_code_owner_reviews === true,
    require_last_push_approval: value.require_last_push_approval === true,
    ...(value.bypass_pull_request_allowances
      ? {
          bypass_pull_request_allowances: parseAllowances(
            value.bypass_pull_request_allowances,
          ),
        }
      : {}),
  };
}

function parseAllowances(value: Json): Allowances {
  return {
    users: strings(value.users),
    teams: strings(value.teams),
    apps: strings(value.apps),
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'string')
    : [];
}

/** GitHub's answer for a protected branch. `url` is that of the protection. */
export function formatProtection(
  protection: BranchProtection,
  url: string,
  people: { users(logins: string[]): Json[]; teams(slugs: string[]): Json[] },
): Json {
  const allowances = (value: Allowances) => ({
    users: people.users(value.users),
    teams: people.teams(value.teams),
    apps: [],
  });
  const reviews = protection.required_pull_request_reviews;
  const checks = protection.required_status_checks;
  const switchOf = (enabled: boolean) => ({ enabled });
  return {
    url,
    ...(checks
      ? { required_status_checks: formatStatusChecks(checks, url) }
      : {}),
    ...(reviews
      ? {
          required_pull_request_reviews: {
            url: `${url}/required_pull_request_reviews`,
            dismiss_stale_reviews: reviews.dismiss_stale_reviews,
            require_code_owner_reviews: reviews.require_code_owner_reviews,
            require_last_push_approval: reviews.require_last_push_approval,
            required_approving_review_count:
              reviews.required_approving_review_count,
            ...(reviews.bypass_pull_request_allowances
              ? {
                  bypass_pull_request_allowances: allowances(
                    reviews.bypass_pull_request_allowances,
                  ),
                }
              : {}),
          },
        }
      : {}),
    ...(protection.restrictions
      ? {
          restrictions: {
            url: `${url}/restrictions`,
            users_url: `${url}/restrictions/users`,
            teams_url: `${url}/restrictions/teams`,
            apps_url: `${url}/restrictions/apps`,
            ...allowances(protection.restrictions),
          },
        }
      : {}),
    required_signatures: {
      url: `${url}/required_signatures`,
      enabled: protection.required_signatures,
    },
    enforce_admins: {
      url: `${url}/enforce_admins`,
      enabled: protection.enforce_admins,
    },
    required_linear_history: switchOf(protection.required_linear_history),
    allow_force_pushes: switchOf(protection.allow_force_pushes),
    allow_deletions: switchOf(protection.allow_deletions),
    block_creations: switchOf(protection.block_creations),
    required_conversation_resolution: switchOf(
      protection.required_conversation_resolution,
    ),
    lock_branch: switchOf(protection.lock_branch),
    allow_fork_syncing: switchOf(protection.allow_fork_syncing),
  };
}

export function formatStatusChecks(
  checks: { strict: boolean; contexts: string[] },
  url: string,
): Json {
  return {
    url: `${url}/required_status_checks`,
    strict: checks.strict,
    contexts: checks.contexts,
    contexts_url: `${url}/required_status_checks/contexts`,
    checks: checks.contexts.map(context => ({ context, app_id: null })),
  };
}
