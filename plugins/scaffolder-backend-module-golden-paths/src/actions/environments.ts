import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Forge } from '../forge/Forge';
import { attempt } from '../forge/forgeErrors';
import { teamIds } from '../forge/teams';
import { examples } from './environments.examples';
import { fields } from './fields';

/** `golden-paths:environments`: where a repository is deployed to, and who must agree. Safe to repeat. */
export function createEnvironmentsAction(options: { forge: Forge }) {
  return createTemplateAction({
    id: 'golden-paths:environments',
    description:
      'Creates deployment environments that only protected branches reach, with teams that review each deployment',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        repoUrl: fields.repoUrl,
        environments: z =>
          z
            .array(
              z.object({
                name: z.string().regex(/^[a-z][a-z0-9-]{0,49}$/),
                reviewers: z
                  .array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/))
                  .max(6)
                  .optional()
                  .describe('Slugs of teams of the owner organisation'),
                waitMinutes: z.number().int().min(0).max(43_200).optional(),
              }),
            )
            .min(1)
            .describe('In the order of promotion'),
      },
      output: {
        environments: z => z.array(z.string()),
      },
    },
    async handler(ctx) {
      const { input, logger } = ctx;
      const forge = await options.forge.connect(input.repoUrl, logger);
      const fullName = `${forge.owner}/${forge.name}`;
      for (const { name, reviewers = [], waitMinutes } of input.environments) {
        const teams = await teamIds(forge, reviewers, 'environments');
        const summary = `the environment ${name} of ${fullName}${
          reviewers.length > 0 ? `, reviewed by ${reviewers.join(', ')}` : ''
        }`;
        if (ctx.isDryRun) {
          logger.info(`Dry run: would create ${summary}`);
          continue;
        }
        logger.info(`Creating ${summary}`);
        await attempt(`create the environment ${name} of ${fullName}`, () =>
          forge.octokit.rest.repos.createOrUpdateEnvironment({
            ...forge.at,
            environment_name: name,
            wait_timer: waitMinutes ?? 0,
            prevent_self_review: teams.length > 0,
            reviewers: teams.map(id => ({ type: 'Team' as const, id })),
            deployment_branch_policy: {
              protected_branches: true,
              custom_branch_policies: false,
            },
          }),
        );
      }
      ctx.output(
        'environments',
        input.environments.map(({ name }) => name),
      );
    },
  });
}
