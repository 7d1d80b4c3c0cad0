import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { EventsService } from '@backstage/plugin-events-node';
import { describedBy } from '../catalog/describedBy';
import { EntityWaiter } from '../catalog/EntityWaiter';
import { Forge } from '../forge/Forge';
import { fields } from './fields';
import { examples } from './waitForEntity.examples';

const DEFAULT_TIMEOUT_SECONDS = 120;

/**
 * `catalog:waitForEntity`: goes on when discovery has brought an entity, which the user can see. It registers nothing: which
 * repositories the catalog reads is decided by discovery.
 */
export function createWaitForEntityAction(options: {
  waiter: EntityWaiter;
  forge: Forge;
  events: EventsService;
}) {
  return createTemplateAction({
    id: 'catalog:waitForEntity',
    description:
      'Waits until the catalog shows an entity that discovery brings, and says what is wrong when it does not',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: fields.entityRef,
        repoUrl: z =>
          fields
            .repoUrl(z)
            .optional()
            .describe(
              'The repository that describes it, to tell what is wrong',
            ),
        path: z =>
          z
            .string()
            .regex(/^(?!.*\.\.)[A-Za-z0-9._/-]+\.ya?ml$/)
            .default('catalog-info.yaml')
            .optional(),
        timeoutSeconds: z =>
          z
            .number()
            .min(1)
            .max(900)
            .default(DEFAULT_TIMEOUT_SECONDS)
            .optional(),
      },
      output: {
        entityRef: z => z.string(),
      },
    },
    async handler(ctx) {
      const { input, logger, signal } = ctx;
      const entityRef = stringifyEntityRef(
        parseEntityRef(input.entityRef, { defaultKind: 'component' }),
      );
      const timeoutSeconds = input.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
      ctx.output('entityRef', entityRef);
      if (ctx.isDryRun) {
        logger.info(
          `Dry run: would wait up to ${timeoutSeconds} s for ${entityRef}`,
        );
        return;
      }
      logger.info(`Waiting for ${entityRef}`);
      await options.waiter.wait({
        entityRef,
        timeoutSeconds,
        credentials: await ctx.getInitiatorCredentials(),
        logger,
        signal,
        describedBy: input.repoUrl
          ? await describedBy({
              forge: await options.forge.connect(input.repoUrl, logger),
              path: input.path ?? 'catalog-info.yaml',
              events: options.events,
            })
          : undefined,
      });
      logger.info(`The catalog shows ${entityRef}`);
    },
  });
}
