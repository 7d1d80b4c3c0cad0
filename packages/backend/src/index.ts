// First: what is measured must be loaded after it.
import './instrumentation';
import { createBackend } from '@backstage/backend-defaults';
import { catalogModuleWaymarkPush } from '@waymark/catalog-backend-module-waymark';
import { guardedRootHttpRouterServiceFactory } from '@waymark/permission-backend-module-waymark';
import { searchModuleScorecards } from '@waymark/search-backend-module-waymark';
import {
  exclusiveStartServiceFactory,
  exitOnFailedStart,
  guardedRootConfigServiceFactory,
  restartingSchedulerServiceFactory,
} from '@waymark/waymark-node';

const backend = createBackend();

// Reads the configuration, and refuses to start production with a development default.
backend.add(guardedRootConfigServiceFactory);
backend.add(guardedRootHttpRouterServiceFactory);
backend.add(exclusiveStartServiceFactory);
backend.add(restartingSchedulerServiceFactory);

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@waymark/auth-backend-module-waymark'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@waymark/permission-backend-module-waymark'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-events-backend-module-github'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-github'));
backend.add(import('@backstage/plugin-catalog-backend-module-github-org'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(
  import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
);
backend.add(import('@waymark/catalog-backend-module-waymark'));
backend.add(catalogModuleWaymarkPush);

backend.add(import('@waymark/operate-backend'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@backstage/plugin-scaffolder-backend-module-github'));
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-notifications'),
);
// Keeps the files of a run, so that a run which was killed goes on where it was.
backend.add(
  import('@backstage/plugin-scaffolder-backend-module-workspace-database'),
);
backend.add(import('@waymark/scaffolder-backend-module-golden-paths'));

backend.add(import('@waymark/scorecards-backend'));
backend.add(import('@waymark/scorecards-backend-module-git'));
backend.add(import('@waymark/scorecards-backend-module-github'));

backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-pg'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));
backend.add(import('@backstage/plugin-search-backend-module-techdocs'));
backend.add(import('@waymark/search-backend-module-waymark'));
backend.add(searchModuleScorecards);

backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@waymark/techdocs-backend-module-waymark'));
backend.add(import('@backstage/plugin-kubernetes-backend'));

backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-signals-backend'));

backend.add(import('@backstage/plugin-mcp-actions-backend'));

backend.start().catch(exitOnFailedStart);
