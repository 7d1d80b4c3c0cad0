import { Entity } from '@backstage/catalog-model';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import scaffolderModel from '@backstage/plugin-catalog-backend-module-scaffolder-entity-model';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import permissionPlugin from '@backstage/plugin-permission-backend';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import { JsonObject } from '@backstage/types';
import authModuleWaymark from '@waymark/auth-backend-module-waymark';
import catalogModuleWaymark from '@waymark/catalog-backend-module-waymark';
import scorecardsPlugin from '@waymark/scorecards-backend';
import permissionModuleWaymark from '..';

/** The persons of the matrix, and the teams they are direct members of. */
export const PERSONAS = {
  'dev-checkout': ['checkout'],
  'dev-ledger': ['ledger'],
  'lead-payments': ['payments'],
  'platform-engineer': ['platform'],
  'security-1': ['security'],
  auditor: ['audit'],
  director: ['acme'],
};

export type Persona = keyof typeof PERSONAS;

const PARENTS: Record<string, string | undefined> = {
  acme: undefined,
  payments: 'acme',
  checkout: 'payments',
  ledger: 'payments',
  platform: 'acme',
  security: 'acme',
  audit: 'acme',
};

const LOCATION = 'url:https://github.com/acme/portal/tree/main/catalog.yaml';

const entity = (kind: string, name: string, spec: Entity['spec']): Entity => ({
  apiVersion:
    kind === 'Template'
      ? 'scaffolder.backstage.io/v1beta3'
      : 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    annotations: {
      'backstage.io/managed-by-location': LOCATION,
      'backstage.io/managed-by-origin-location': LOCATION,
    },
  },
  spec,
});

export const TEMPLATE = entity('Template', 'greet', {
  type: 'service',
  owner: 'group:default/platform',
  parameters: { properties: { name: { type: 'string' } } },
  steps: [
    {
      id: 'log',
      name: 'Log',
      action: 'debug:log',
      input: { message: 'hello' },
    },
  ],
});

const ENTITIES: Entity[] = [
  ...Object.entries(PERSONAS).map(([name, memberOf]) =>
    entity('User', name, { memberOf }),
  ),
  ...Object.entries(PARENTS).map(([name, parent]) =>
    entity('Group', name, { type: 'team', children: [], parent }),
  ),
  ...['shop', 'doomed'].map(name =>
    entity('Component', name, {
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/checkout',
    }),
  ),
  TEMPLATE,
];

const people = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'test-entities',
  register(reg) {
    reg.registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        processing.addEntityProvider({
          getProviderName: () => 'test',
          connect: connection =>
            connection.applyMutation({
              type: 'full',
              entities: ENTITIES.map(item => ({
                entity: item,
                locationKey: 'test',
              })),
            }),
        });
      },
    });
  },
});

/** Real auth, permission, catalog, scaffolder and scorecards backends, with our policy, a small company, and nothing mocked in between. */
export async function startPortal(database: JsonObject) {
  return startTestBackend({
    features: [
      authServiceFactory,
      databaseServiceFactory,
      httpAuthServiceFactory,
      userInfoServiceFactory,
      permissionsServiceFactory,
      permissionsRegistryServiceFactory,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:7007' },
          backend: { baseUrl: 'http://localhost:7007', database },
          permission: { enabled: true },
          auth: { providers: { personas: {} } },
          catalog: {
            stitchingStrategy: { pollingInterval: { milliseconds: 100 } },
          },
          waymark: {
            catalog: { trustedSources: ['github.com/acme/portal'] },
            auth: {
              personas: Object.keys(PERSONAS).map(login => ({
                login,
                role: 'Role',
                title: 'Title',
                description: 'Description',
              })),
            },
          },
        },
      }),
      mockServices.rootSystemMetadata.factory(),
      authPlugin,
      authModuleWaymark,
      permissionPlugin,
      permissionModuleWaymark,
      catalogPlugin,
      scaffolderModel,
      people,
      scaffolderPlugin,
      catalogModuleWaymark,
      scorecardsPlugin,
    ],
  });
}
