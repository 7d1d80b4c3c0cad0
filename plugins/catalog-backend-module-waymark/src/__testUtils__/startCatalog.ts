import {
  BackstageCredentials,
  BackstageUserPrincipal,
  coreServices,
  createBackendModule,
  createServiceFactory,
  PermissionsService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
  CatalogService,
} from '@backstage/plugin-catalog-node';
import { EventsService, eventsServiceRef } from '@backstage/plugin-events-node';
import {
  catalogProblemsServiceRef,
  CatalogProblemsService,
  entitySnapshotsServiceRef,
  EntitySnapshotsService,
} from '@waymark/waymark-node';
import {
  AuthorizeResult,
  PermissionCriteria,
  PermissionCondition,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import catalogModuleWaymark from '..';
import { TestForge } from './TestForge';

export type TestBackend = Awaited<ReturnType<typeof startCatalog>>;

/** What each user may read of the catalog; users that are not named may read nothing. */
export type ReadPolicy = Record<
  string,
  'ALLOW' | PermissionCriteria<PermissionCondition>
>;

/** The real catalog with this module, reading from a {@link TestForge}. */
export async function startCatalog(options: {
  knex: Knex;
  policy?: ReadPolicy;
  /** Base URL of the forge's REST API; one that nobody answers at when absent. */
  apiBaseUrl?: string;
}) {
  const forge = new TestForge();
  const services: {
    catalog?: CatalogService;
    snapshots?: EntitySnapshotsService;
    problems?: CatalogProblemsService;
    scheduler?: SchedulerService;
    events?: EventsService;
  } = {};

  const testModule = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'test',
    register({ registerInit }) {
      registerInit({
        deps: {
          processing: catalogProcessingExtensionPoint,
          catalog: catalogServiceRef,
          snapshots: entitySnapshotsServiceRef,
          problems: catalogProblemsServiceRef,
          scheduler: coreServices.scheduler,
          events: eventsServiceRef,
        },
        async init({ processing, ...rest }) {
          processing.addEntityProvider(forge);
          Object.assign(services, rest);
        },
      });
    },
  });

  const backend = await startTestBackend({
    features: [
      catalogPlugin,
      catalogModuleWaymark,
      testModule,
      forge.urlReader(),
      mockServices.rootSystemMetadata.factory(),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => mockServices.database({ knex: options.knex }),
      }),
      ...(options.policy ? [permissionsFactory(options.policy)] : []),
      mockServices.rootConfig.factory({
        data: {
          catalog: {
            processingInterval: { minutes: 5 },
            rules: [
              {
                allow: [
                  'API',
                  'Component',
                  'Domain',
                  'FactSource',
                  'Group',
                  'Initiative',
                  'Location',
                  'Resource',
                  'RiskModel',
                  'Scorecard',
                  'System',
                  'User',
                ],
              },
            ],
          },
          integrations: {
            github: [
              {
                host: 'forge.example',
                apiBaseUrl: options.apiBaseUrl ?? 'http://127.0.0.1:1',
                token: 'x',
              },
            ],
          },
          waymark: { catalog: { trustedSources: ['acme/portal'] } },
        },
      }),
    ],
  });
  return Object.assign(backend, {
    forge,
    catalog: services.catalog!,
    snapshots: services.snapshots!,
    problems: services.problems!,
    events: services.events!,
    /** Runs the reconciling pass and waits for it. */
    reconcile: () =>
      services.scheduler!.triggerTask('waymark-reconcile-entity-snapshots'),
  });
}

function permissionsFactory(policy: ReadPolicy) {
  const decide = (credentials: BackstageCredentials): PolicyDecision => {
    const principal = credentials.principal as
      | BackstageUserPrincipal
      | { type: 'service' };
    const rule =
      principal.type === 'user' ? policy[principal.userEntityRef] : 'ALLOW';
    if (rule === undefined) {
      return { result: AuthorizeResult.DENY };
    }
    return rule === 'ALLOW'
      ? { result: AuthorizeResult.ALLOW }
      : {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'catalog',
          resourceType: 'catalog-entity',
          conditions: rule,
        };
  };
  const permissions: PermissionsService = {
    authorize: async () => {
      throw new Error('Only reads of lists are decided here');
    },
    authorizeConditional: async (requests, options) =>
      requests.map(() => decide(options!.credentials)),
  };
  return createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => permissions,
  });
}

export { eventually } from '@waymark/waymark-node/testUtils';
