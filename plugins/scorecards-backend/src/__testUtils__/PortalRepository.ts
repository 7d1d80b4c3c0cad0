import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  catalogProcessingExtensionPoint,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { Knex } from 'knex';
import { locationOf } from './definitions';

/** The configuration of a catalog that reads a {@link PortalRepository}. */
export const catalogConfig = {
  catalog: {
    processingInterval: { seconds: 2 },
    rules: [{ allow: ['Component', 'Group', 'Scorecard', 'FactSource'] }],
  },
  integrations: {
    github: [{ host: 'forge.example', apiBaseUrl: 'http://127.0.0.1:1' }],
  },
  waymark: { catalog: { trustedSources: ['acme/portal'] } },
};

/** What a trusted repository describes, as the catalog reads it. */
export class PortalRepository implements EntityProvider {
  #connection?: EntityProviderConnection;

  /** Adds it to a backend with the catalog. */
  readonly feature = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'portal-repository',
    register: env =>
      env.registerInit({
        deps: { processing: catalogProcessingExtensionPoint },
        init: async ({ processing }) => processing.addEntityProvider(this),
      }),
  });

  getProviderName(): string {
    return 'portal-repository';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
  }

  async write(...entities: Entity[]): Promise<void> {
    await this.#connection!.applyMutation({
      type: 'full',
      entities: entities.map(entity => ({
        entity: {
          ...entity,
          metadata: {
            ...entity.metadata,
            annotations: {
              ...entity.metadata.annotations,
              'backstage.io/managed-by-location': locationOf(
                entity.metadata.name,
              ),
              'backstage.io/managed-by-origin-location': locationOf(
                entity.metadata.name,
              ),
            },
          },
        },
        locationKey: 'portal-repository',
      })),
    });
  }
}

/** Gives each plugin of a backend the database that a test has for it. */
export const databasesOf = (knexOf: (pluginId: string) => Knex) =>
  createServiceFactory({
    service: coreServices.database,
    deps: { plugin: coreServices.pluginMetadata },
    factory: ({ plugin }) =>
      mockServices.database({ knex: knexOf(plugin.getId()) }),
  });
