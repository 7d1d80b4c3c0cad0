import {
  coreServices,
  createBackendModule,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  scaffolderActionsExtensionPoint,
  scaffolderServiceRef,
} from '@backstage/plugin-scaffolder-node';
import { clockServiceRef } from '@waymark/waymark-node';
import { createCheckNameAction } from './actions/checkName';
import { createEnvironmentsAction } from './actions/environments';
import { createProtectAction } from './actions/protect';
import { createProvenanceAction } from './actions/provenance';
import { createPublishAction } from './actions/publish';
import { createPullRequestAction } from './actions/pullRequest';
import { createScorecardAction } from './actions/scorecard';
import { createWaitForEntityAction } from './actions/waitForEntity';
import { createWebhookAction } from './actions/webhook';
import { createWorkflowsAction } from './actions/workflows';
import { EntityWaiter } from './catalog/EntityWaiter';
import { readGoldenPathsConfig } from './config';
import { ScaffoldCompletedPublisher } from './events/ScaffoldCompletedPublisher';
import { Forge } from './forge/Forge';
import { createRouter } from './http/createRouter';
import { NameRegistry } from './publish/NameRegistry';
import { RepositoryClaims } from './publish/RepositoryClaims';
import { ScaffolderRunHistory } from './publish/RunHistory';
import { ScorecardSimulator } from './scorecards/ScorecardSimulator';
import { PinTable } from './workflows/PinTable';

const PACKAGE = '@waymark/scaffolder-backend-module-golden-paths';

/**
 * The actions that golden paths are made of, and the event of a run that has ended.
 * @public
 */
export const scaffolderModuleGoldenPaths = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'golden-paths',
  register({ registerInit }) {
    registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clock: clockServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        reader: coreServices.urlReader,
        scaffolder: scaffolderServiceRef,
      },
      async init(services) {
        const { catalog, clock, config, events } = services;
        const { portalUrl, author, webhook, organisation } =
          readGoldenPathsConfig(config);
        const integrations = ScmIntegrations.fromConfig(config);
        const forge = Forge.create({ integrations });
        const claims = RepositoryClaims.create({
          portalUrl,
          history: ScaffolderRunHistory.create(services),
        });
        const names = NameRegistry.create({ ...services, claims });
        services.actions.addActions(
          createCheckNameAction({ forge, names }),
          createEnvironmentsAction({ forge }),
          createProtectAction({ forge }),
          createProvenanceAction({
            reader: services.reader,
            integrations,
            clock,
          }),
          createPublishAction({ forge, claims, clock, portalUrl, author }),
          createPullRequestAction({ forge, clock, author }),
          createScorecardAction({
            simulator: ScorecardSimulator.create(services),
          }),
          createWaitForEntityAction({
            forge,
            events,
            waiter: EntityWaiter.create({ catalog, clock }),
          }),
          createWebhookAction({ forge, target: webhook }),
          createWorkflowsAction({
            pins: PinTable.load(
              resolvePackagePath(PACKAGE, 'data/action-pins.tsv'),
            ),
          }),
        );
        if (organisation) {
          services.httpRouter.use(
            createRouter({ ...services, forge, names, organisation }),
          );
        }
        const completed = ScaffoldCompletedPublisher.create(services);
        services.lifecycle.addStartupHook(() => completed.subscribe());
      },
    });
  },
});
