import { z } from 'zod';

const enabled = z.object({ enabled: z.boolean() }).optional();

/** What we read of the classic protection of a branch. */
export const protectionSchema = z.object({
  required_pull_request_reviews: z
    .object({
      required_approving_review_count: z.number().default(0),
      dismiss_stale_reviews: z.boolean().default(false),
      require_code_owner_reviews: z.boolean().default(false),
      require_last_push_approval: z.boolean().default(false),
    })
    .optional(),
  required_status_checks: z
    .object({
      strict: z.boolean().default(false),
      contexts: z.array(z.string()).default([]),
      checks: z.array(z.object({ context: z.string() })).default([]),
    })
    .optional(),
  enforce_admins: enabled,
  required_signatures: enabled,
  required_linear_history: enabled,
  required_conversation_resolution: enabled,
  allow_force_pushes: enabled,
  allow_deletions: enabled,
});

const rule = <Type extends string>(type: Type) =>
  z.object({ type: z.literal(type) });

const knownRules = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('pull_request'),
    parameters: z.object({
      required_approving_review_count: z.number().default(0),
      dismiss_stale_reviews_on_push: z.boolean().default(false),
      require_code_owner_review: z.boolean().default(false),
      require_last_push_approval: z.boolean().default(false),
      required_review_thread_resolution: z.boolean().default(false),
    }),
  }),
  z.object({
    type: z.literal('required_status_checks'),
    parameters: z.object({
      required_status_checks: z
        .array(z.object({ context: z.string() }))
        .default([]),
      strict_required_status_checks_policy: z.boolean().default(false),
    }),
  }),
  rule('non_fast_forward'),
  rule('deletion'),
  rule('required_signatures'),
  rule('required_linear_history'),
]);

type KnownRule = z.output<typeof knownRules>;
type RuleOf<Type extends KnownRule['type']> = Extract<
  KnownRule,
  { type: Type }
>;

/** What we read of the rules of rulesets that apply to a branch. */
export const branchRulesSchema = z.array(z.looseObject({ type: z.string() }));

/** What protects a branch, whether a classic protection or rulesets say so. */
export interface BranchProtectionFacts {
  protected: boolean;
  requiredApprovals: number;
  codeOwnerReviews: boolean;
  dismissesStaleReviews: boolean;
  lastPushApproval: boolean;
  conversationResolution: boolean;
  statusChecks: string[];
  upToDateBranches: boolean;
  signedCommits: boolean;
  linearHistory: boolean;
  forcePushesBlocked: boolean;
  deletionsBlocked: boolean;
  administratorsIncluded: boolean;
}

/**
 * Where several rules apply, the strictest counts, as at GitHub.
 *
 * @param classic - undefined when the branch has no classic protection
 * @param rules - of all rulesets that are active for the branch
 */
export function branchProtection(
  classic: z.output<typeof protectionSchema> | undefined,
  rules: z.output<typeof branchRulesSchema>,
): BranchProtectionFacts {
  const known = rules
    .map(candidate => knownRules.safeParse(candidate).data)
    .filter(candidate => candidate !== undefined);
  const of = <Type extends KnownRule['type']>(type: Type) =>
    known.filter(
      (candidate): candidate is RuleOf<Type> => candidate.type === type,
    );
  const pullRequests = of('pull_request').map(({ parameters }) => parameters);
  const checks = of('required_status_checks').map(
    ({ parameters }) => parameters,
  );
  const reviews = classic?.required_pull_request_reviews;
  const classicChecks = classic?.required_status_checks;
  return {
    protected: classic !== undefined || rules.length > 0,
    requiredApprovals: Math.max(
      reviews?.required_approving_review_count ?? 0,
      ...pullRequests.map(one => one.required_approving_review_count),
    ),
    codeOwnerReviews:
      reviews?.require_code_owner_reviews === true ||
      pullRequests.some(one => one.require_code_owner_review),
    dismissesStaleReviews:
      reviews?.dismiss_stale_reviews === true ||
      pullRequests.some(one => one.dismiss_stale_reviews_on_push),
    lastPushApproval:
      reviews?.require_last_push_approval === true ||
      pullRequests.some(one => one.require_last_push_approval),
    conversationResolution:
      classic?.required_conversation_resolution?.enabled === true ||
      pullRequests.some(one => one.required_review_thread_resolution),
    statusChecks: [
      ...new Set([
        ...(classicChecks?.contexts ?? []),
        ...(classicChecks?.checks ?? []).map(({ context }) => context),
        ...checks.flatMap(one =>
          one.required_status_checks.map(({ context }) => context),
        ),
      ]),
    ].sort(),
    upToDateBranches:
      classicChecks?.strict === true ||
      checks.some(one => one.strict_required_status_checks_policy),
    signedCommits:
      classic?.required_signatures?.enabled === true ||
      of('required_signatures').length > 0,
    linearHistory:
      classic?.required_linear_history?.enabled === true ||
      of('required_linear_history').length > 0,
    forcePushesBlocked:
      (classic !== undefined && classic.allow_force_pushes?.enabled !== true) ||
      of('non_fast_forward').length > 0,
    deletionsBlocked:
      (classic !== undefined && classic.allow_deletions?.enabled !== true) ||
      of('deletion').length > 0,
    administratorsIncluded: classic?.enforce_admins?.enabled === true,
  };
}
