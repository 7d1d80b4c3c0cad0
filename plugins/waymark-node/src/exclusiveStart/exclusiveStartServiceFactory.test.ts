import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { testDatabases } from '../testDatabases';
import { exclusiveStartServiceFactory } from './exclusiveStartServiceFactory';

jest.setTimeout(60_000);

const databases = testDatabases();

/** What a configuration of Backstage says of a database that the tests were given. */
function databaseConfig(knex: Knex) {
  const { client, connection } = knex.client.config;
  // The lock is then one of this database, and not of all tests together.
  return { client, connection, pluginDivisionMode: 'schema' };
}

/** Two backends that start at once, and tell when their plugin begins to start and has started. */
async function startTwo(database: object, between: () => Promise<void>) {
  const said: string[] = [];
  const start = (name: string) =>
    startTestBackend({
      features: [
        exclusiveStartServiceFactory,
        mockServices.rootConfig.factory({ data: { backend: { database } } }),
        createBackendPlugin({
          pluginId: 'test',
          register({ registerInit }) {
            registerInit({
              deps: { lifecycle: coreServices.rootLifecycle },
              async init() {
                said.push(`${name} starts`);
                await between();
                said.push(`${name} has started`);
              },
            });
          },
        }),
      ],
    });
  const backends = await Promise.all([start('one'), start('two')]);
  for (const backend of backends) await backend.stop();
  return said;
}

describe.each(databases.eachSupportedId())('two replicas on %s', id => {
  const together = id === 'SQLITE_3';

  it(`${
    together ? 'start as they like' : 'start one after another'
  }`, async () => {
    const knex = await databases.init(id);
    let inside = 0;
    let most = 0;
    const said = await startTwo(databaseConfig(knex), async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise(resolve => setTimeout(resolve, 500));
      inside -= 1;
    });
    expect(said).toHaveLength(4);
    expect(most).toBe(together ? 2 : 1);
  });
});
