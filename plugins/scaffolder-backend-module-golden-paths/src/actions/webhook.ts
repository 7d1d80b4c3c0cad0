import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Forge } from '../forge/Forge';
import { attempt } from '../forge/forgeErrors';
import { fields } from './fields';
import { examples } from './webhook.examples';

/** Where events go, and the secret that signs them. Both come from the portal's configuration, never from a template. */
export interface WebhookTarget {
  url: string;
  secret: string;
}

const EVENTS = [
  'check_run',
  'deployment_status',
  'pull_request',
  'push',
  'repository',
  'workflow_run',
] as const;

/**
 * `golden-paths:webhook`: tells the portal what happens in a repository. Safe to repeat: the portal's hook is found by its
 * address, and brought up to date.
 */
export function createWebhookAction(options: {
  forge: Forge;
  target?: WebhookTarget;
}) {
  return createTemplateAction({
    id: 'golden-paths:webhook',
    description:
      'Lets the forge tell this portal about pushes, pull requests, pipelines and deployments of a repository',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        repoUrl: fields.repoUrl,
        events: z => z.array(z.enum(EVENTS)).min(1).optional(),
      },
      output: {
        hookId: z => z.number().optional(),
      },
    },
    async handler(ctx) {
      const { input, logger } = ctx;
      const { target } = options;
      if (!target) {
        throw new InputError(
          'A webhook needs a secret: set events.modules.github.webhookSecret in the configuration of the portal',
        );
      }
      const { octokit, at } = await options.forge.connect(
        input.repoUrl,
        logger,
      );
      const fullName = `${at.owner}/${at.repo}`;
      const events = [...(input.events ?? EVENTS)];
      if (ctx.isDryRun) {
        logger.info(
          `Dry run: would send ${events.join(', ')} of ${fullName} to ${
            target.url
          }`,
        );
        return;
      }
      const settings = {
        ...at,
        active: true,
        events,
        config: {
          url: target.url,
          content_type: 'json',
          insecure_ssl: '0',
          secret: target.secret,
        },
      };
      const id = await attempt(`set the webhook of ${fullName}`, async () => {
        const hooks = await octokit.paginate(octokit.rest.repos.listWebhooks, {
          ...at,
          per_page: 100,
        });
        const own = hooks.find(hook => hook.config.url === target.url);
        // The secret cannot be read back, so an existing hook always gets the current one.
        const { data } = own
          ? await octokit.rest.repos.updateWebhook({
              ...settings,
              hook_id: own.id,
            })
          : await octokit.rest.repos.createWebhook(settings);
        return data.id;
      });
      logger.info(`${fullName} sends ${events.join(', ')} to ${target.url}`);
      ctx.output('hookId', id);
    },
  });
}
