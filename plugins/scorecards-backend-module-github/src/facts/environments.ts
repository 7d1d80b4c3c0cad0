import { z } from 'zod';

/** What we read of the environments of a repository. */
export const environmentsSchema = z.object({
  environments: z
    .array(
      z.object({
        name: z.string(),
        protection_rules: z
          .array(
            z.looseObject({
              type: z.string(),
              wait_timer: z.number().optional(),
              prevent_self_review: z.boolean().optional(),
              reviewers: z.array(z.unknown()).optional(),
            }),
          )
          .default([]),
        deployment_branch_policy: z
          .object({
            protected_branches: z.boolean(),
            custom_branch_policies: z.boolean(),
          })
          .nullish(),
      }),
    )
    .default([]),
});

/** What stands between a change and an environment. */
export interface EnvironmentFacts {
  name: string;
  /** Users and teams of whom one must approve. */
  reviewers: number;
  preventsSelfReview: boolean;
  waitMinutes: number;
  branches: 'all' | 'protected' | 'selected';
}

export function environments(
  listed: z.output<typeof environmentsSchema>,
): EnvironmentFacts[] {
  return listed.environments
    .map(
      ({
        name,
        protection_rules: rules,
        deployment_branch_policy: policy,
      }) => ({
        name,
        reviewers: rules.reduce(
          (sum, rule) => sum + (rule.reviewers?.length ?? 0),
          0,
        ),
        preventsSelfReview: rules.some(
          rule => rule.prevent_self_review === true,
        ),
        waitMinutes: Math.max(0, ...rules.map(rule => rule.wait_timer ?? 0)),
        branches: branchesOf(policy),
      }),
    )
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function branchesOf(
  policy:
    | { protected_branches: boolean; custom_branch_policies: boolean }
    | null
    | undefined,
): EnvironmentFacts['branches'] {
  if (!policy) {
    return 'all';
  }
  return policy.protected_branches ? 'protected' : 'selected';
}
