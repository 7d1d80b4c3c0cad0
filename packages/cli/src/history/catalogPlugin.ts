import {
  AuthService,
  coreServices,
  createBackendPlugin,
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import {
  FactCollector,
  factCollectorsExtensionPoint,
} from '@waymark/scorecards-node';
import {
  EntitySnapshotsService,
  entitySnapshotsServiceRef,
} from '@waymark/waymark-node';

/** What a program needs of a backend that has a catalog. */
export interface CatalogServices {
  auth: AuthService;
  catalog: CatalogService;
  /** Those that were added to the backend. */
  collectors: FactCollector[];
  config: RootConfigService;
  logger: LoggerService;
  snapshots: EntitySnapshotsService;
}

/** Hands over what the plugin of scorecards would have of its backend. */
export function servicesOfScorecards(
  onServices: (services: CatalogServices) => void,
) {
  return createBackendPlugin({
    pluginId: 'scorecards',
    register(env) {
      const collectors: FactCollector[] = [];
      env.registerExtensionPoint(factCollectorsExtensionPoint, {
        addCollector(...added) {
          collectors.push(...added);
        },
      });
      env.registerInit({
        deps: {
          auth: coreServices.auth,
          catalog: catalogServiceRef,
          config: coreServices.rootConfig,
          logger: coreServices.logger,
          snapshots: entitySnapshotsServiceRef,
        },
        async init(services) {
          onServices({ ...services, collectors });
        },
      });
    },
  });
}
