import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { searchEngineRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { InMemorySearchEngine } from './InMemorySearchEngine';

/**
 * Searches in memory where the database is not PostgreSQL.
 * @public
 */
export const searchModuleWaymark = createBackendModule({
  pluginId: 'search',
  moduleId: 'waymark-in-memory',
  register({ registerInit }) {
    registerInit({
      deps: {
        engines: searchEngineRegistryExtensionPoint,
        database: coreServices.database,
        logger: coreServices.logger,
      },
      async init({ engines, database, logger }) {
        const { client } = (await database.getClient()).client.config;
        if (client === 'pg') return;
        engines.setSearchEngine(new InMemorySearchEngine({ logger }));
      },
    });
  },
});
