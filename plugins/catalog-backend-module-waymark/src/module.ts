import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { catalogModelExtensionPoint } from '@backstage/plugin-catalog-node/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { clockServiceRef, GithubClients } from '@waymark/waymark-node';
import { createRouter } from './http/createRouter';
import { WaymarkKindsProcessor } from './kinds/WaymarkKindsProcessor';
import { CatalogProblems } from './problems/CatalogProblems';
import { RepositoryIds } from './repositories/RepositoryIds';
import { RepositoryWatch } from './repositories/RepositoryWatch';
import { AuthorizedSnapshots } from './snapshots/AuthorizedSnapshots';
import { ReconcileSnapshotsTask } from './snapshots/ReconcileSnapshotsTask';
import { SnapshotHintProcessor } from './snapshots/SnapshotHintProcessor';
import { SnapshotHints } from './snapshots/SnapshotHints';
import { SnapshotRecorder } from './snapshots/SnapshotRecorder';
import { SnapshotStore } from './snapshots/SnapshotStore';
import { createTrustingEntityDataParser } from './trust/createTrustingEntityDataParser';
import { ReferenceRules } from './trust/ReferenceRules';
import { TrustedSources } from './trust/TrustedSources';
import { TrustProcessor } from './trust/TrustProcessor';
import { TrustRules } from './trust/TrustRules';

/**
 * Teaches the catalog Waymark's kinds, who may define what, and to remember what it said.
 * @public
 */
export const catalogModuleWaymark = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'waymark',
  register({ registerInit }) {
    registerInit({
      deps: {
        processing: catalogProcessingExtensionPoint,
        model: catalogModelExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        database: coreServices.database,
        scheduler: coreServices.scheduler,
        lifecycle: coreServices.lifecycle,
        httpRouter: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
        auth: coreServices.auth,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        catalog: catalogServiceRef,
        events: eventsServiceRef,
        clock: clockServiceRef,
      },
      async init(services) {
        const { processing, config, logger, lifecycle, httpRouter } = services;
        const integrations = ScmIntegrations.fromConfig(config);
        const trusted = TrustedSources.fromConfig(config);
        const references = ReferenceRules.create({ trusted, integrations });
        const rules = TrustRules.create({
          trusted,
          scmHosts: integrations.list().map(({ title }) => title),
        });
        const store = await SnapshotStore.create(services);
        const repositoryIds = RepositoryIds.create({
          ...services,
          clients: GithubClients.create({ integrations }),
        });
        const recorder = SnapshotRecorder.create({
          ...services,
          store,
          repositoryIds,
        });
        const watch = RepositoryWatch.create({
          ids: repositoryIds,
          reconcile: repository => recorder.reconcileRepository(repository),
          logger,
        });
        const hints = SnapshotHints.create({
          refresh: refs => recorder.refresh(refs),
          logger,
        });

        services.model.setEntityDataParser(
          createTrustingEntityDataParser(rules),
        );
        processing.addProcessor(
          TrustProcessor.create(rules, references),
          new WaymarkKindsProcessor(),
          SnapshotHintProcessor.create(ref => hints.hint(ref)),
        );

        httpRouter.use(
          createRouter({
            ...services,
            store,
            snapshots: AuthorizedSnapshots.create({ ...services, store }),
            problems: await CatalogProblems.create(services),
          }),
        );
        // Editors fetch schemas without signing in; they say no more than the documentation does.
        httpRouter.addAuthPolicy({
          path: '/waymark/schemas',
          allow: 'unauthenticated',
        });

        lifecycle.addStartupHook(() =>
          ReconcileSnapshotsTask.schedule({ ...services, recorder, hints }),
        );
        lifecycle.addStartupHook(() => watch.subscribe(services.events));
        lifecycle.addShutdownHook(() =>
          Promise.all([hints.stop(), watch.stop()]).then(() => {}),
        );
      },
    });
  },
});
