import { ConflictError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { componentNameSchema } from '@waymark/golden-paths-common';
import { Forge } from '../forge/Forge';
import { NameRegistry } from '../publish/NameRegistry';
import { checkedName } from './checkedName';
import { examples } from './checkName.examples';
import { fields } from './fields';
import { runOf } from './runOf';

/** `golden-paths:check-name`: refuses a name that is taken before anything is made. */
export function createCheckNameAction(options: {
  forge: Forge;
  names: NameRegistry;
}) {
  return createTemplateAction({
    id: 'golden-paths:check-name',
    description:
      'Fails when a component or a repository of the name exists already, unless an interrupted run of the same template and owner has begun it',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string(),
        owner: z => fields.entityRef(z).describe('The owning group'),
        repoUrl: fields.repoUrl,
      },
    },
    async handler(ctx) {
      const { input, logger } = ctx;
      const name = checkedName(componentNameSchema, input.name);
      const reasons = await options.names.reasonsAgainst({
        name,
        connection: await options.forge.connect(input.repoUrl, logger),
        run: runOf(ctx, input.owner),
        credentials: await ctx.getInitiatorCredentials(),
      });
      if (reasons.length > 0) {
        throw new ConflictError(`name: ${reasons.join('; ')}`);
      }
      logger.info(`The name ${name} is free`);
    },
  });
}
