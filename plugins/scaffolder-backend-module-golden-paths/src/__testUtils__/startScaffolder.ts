import { join } from 'node:path';
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { EventParams, eventsServiceRef } from '@backstage/plugin-events-node';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import workspaceDatabaseModule from '@backstage/plugin-scaffolder-backend-module-workspace-database';
import {
  createTemplateAction,
  scaffolderActionsExtensionPoint,
} from '@backstage/plugin-scaffolder-node';
import { SCAFFOLD_COMPLETED_TOPIC } from '@waymark/golden-paths-common';
import knexFactory from 'knex';
import scaffolderModuleGoldenPaths from '..';
import { TestForge } from './TestForge';

/**
 * The real scaffolder with this module, on a database file that outlives it. Its templates may call `test:gate`, which passes once
 * `gate` lets it.
 */
export async function startScaffolder(options: {
  forge: TestForge;
  folder: string;
  entities: Entity[];
  gate?: () => Promise<void>;
}) {
  const { forge, folder, entities, gate = async () => {} } = options;
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: join(folder, 'scaffolder.sqlite') },
    useNullAsDefault: true,
  });
  const completed: EventParams[] = [];
  const testModule = createBackendModule({
    pluginId: 'scaffolder',
    moduleId: 'test',
    register({ registerInit }) {
      registerInit({
        deps: {
          actions: scaffolderActionsExtensionPoint,
          events: eventsServiceRef,
        },
        async init({ actions, events }) {
          actions.addActions(
            createTemplateAction({
              id: 'test:gate',
              schema: { input: {} },
              handler: gate,
            }),
          );
          await events.subscribe({
            id: 'test',
            topics: [SCAFFOLD_COMPLETED_TOPIC],
            onEvent: async event => void completed.push(event),
          });
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      workspaceDatabaseModule,
      scaffolderModuleGoldenPaths,
      testModule,
      catalogServiceMock.factory({ entities }),
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => mockServices.database({ knex }),
      }),
      mockServices.rootConfig.factory({
        data: {
          ...forge.config,
          app: { baseUrl: 'https://portal.acme.example' },
          backend: {
            baseUrl: 'https://portal.acme.example',
            workingDirectory: folder,
          },
          scaffolder: {
            defaultEnvironment: {
              parameters: {
                forgeHost: forge.host,
                forgeOrg: 'acme',
                forgeUrl: forge.running.url,
                portalUrl: 'https://portal.acme.example',
                goModulePrefix: 'git.acme.example/acme',
                imageRegistry: 'ghcr.io/acme',
              },
            },
            taskRecovery: {
              enabled: true,
              staleTimeout: { seconds: 5 },
              workspaceProvider: 'database',
            },
          },
        },
      }),
    ],
  });
  return {
    server: backend.server,
    completed,
    /** As when the process is gone: nothing of it reaches the database any more. */
    async kill() {
      // What it asks is never answered, as nobody would be there to ask.
      knex.client.acquireConnection = () => new Promise(() => {});
      await backend.stop();
    },
  };
}
