import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Forge } from '../forge/Forge';
import { attempt } from '../forge/forgeErrors';
import { fields } from './fields';
import { examples } from './protect.examples';

/** `golden-paths:protect`: nobody changes a branch alone. Safe to repeat: the same rules are set again. */
export function createProtectAction(options: { forge: Forge }) {
  return createTemplateAction({
    id: 'golden-paths:protect',
    description:
      'Protects a branch: reviews, code owners, required status checks; no force push, no deletion, for administrators too',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        repoUrl: fields.repoUrl,
        branch: z => fields.branch(z).default('main').optional(),
        requiredApprovals: z =>
          z.number().int().min(1).max(6).default(1).optional(),
        requireCodeOwnerReviews: z => z.boolean().default(true).optional(),
        requiredStatusChecks: z =>
          z
            .array(z.string().min(1).max(100))
            .optional()
            .describe(
              'Names of checks that must have passed on the newest commit',
            ),
      },
      output: {
        branch: z => z.string(),
      },
    },
    async handler(ctx) {
      const { input, logger } = ctx;
      const { octokit, at } = await options.forge.connect(
        input.repoUrl,
        logger,
      );
      const branch = input.branch ?? 'main';
      const checks = input.requiredStatusChecks ?? [];
      const approvals = input.requiredApprovals ?? 1;
      ctx.output('branch', branch);
      const summary = `${branch} of ${at.owner}/${
        at.repo
      }: ${approvals} approval(s)${
        checks.length > 0 ? `, checks ${checks.join(', ')}` : ''
      }`;
      if (ctx.isDryRun) {
        logger.info(`Dry run: would protect ${summary}`);
        return;
      }
      logger.info(`Protecting ${summary}`);
      await attempt(`protect ${branch} of ${at.owner}/${at.repo}`, () =>
        octokit.rest.repos.updateBranchProtection({
          ...at,
          branch,
          required_pull_request_reviews: {
            required_approving_review_count: approvals,
            require_code_owner_reviews: input.requireCodeOwnerReviews ?? true,
            dismiss_stale_reviews: true,
            require_last_push_approval: true,
          },
          required_status_checks:
            checks.length > 0 ? { strict: true, contexts: [...checks] } : null,
          enforce_admins: true,
          restrictions: null,
          required_linear_history: true,
          allow_force_pushes: false,
          allow_deletions: false,
          required_conversation_resolution: true,
        }),
      );
    },
  });
}
