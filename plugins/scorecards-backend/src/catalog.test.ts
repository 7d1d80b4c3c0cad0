import {
  coreServices,
  createBackendModule,
  createBackendPlugin,
  createServiceFactory,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import catalogModuleWaymark from '@waymark/catalog-backend-module-waymark';
import { Ledger } from '@waymark/ledger-node';
import {
  clockServiceRef,
  entitySnapshotsServiceRef,
} from '@waymark/waymark-node';
import { eventually, testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import {
  aFactSource,
  aScorecard,
  locationOf,
} from './__testUtils__/definitions';
import { Adopter } from './definitions/Adopter';
import { DefinitionStore } from './definitions/DefinitionStore';
import { EntityStore } from './entities/EntityStore';
import { SnapshotFollower } from './entities/SnapshotFollower';

jest.setTimeout(120_000);

/** What a trusted repository describes. */
class PortalRepository implements EntityProvider {
  #connection?: EntityProviderConnection;

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

const component: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api' },
  spec: { type: 'service', lifecycle: 'production', owner: 'platform' },
};
const group: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'platform' },
  spec: { type: 'team', children: [] },
};

const config = {
  catalog: {
    processingInterval: { seconds: 2 },
    rules: [{ allow: ['Component', 'Group', 'Scorecard', 'FactSource'] }],
  },
  integrations: {
    github: [{ host: 'forge.example', apiBaseUrl: 'http://127.0.0.1:1' }],
  },
  waymark: { catalog: { trustedSources: ['acme/portal'] } },
};

const databases = testDatabases();

describe.each(databases.eachSupportedId())('the catalog on %s', id => {
  async function start(repository: PortalRepository) {
    let adopter: Adopter;
    const clients: Record<string, Knex> = {
      catalog: await databases.init(id),
      scorecards: await databases.init(id),
    };
    const backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleWaymark,
        createBackendModule({
          pluginId: 'catalog',
          moduleId: 'portal-repository',
          register: env =>
            env.registerInit({
              deps: { processing: catalogProcessingExtensionPoint },
              init: async ({ processing }) =>
                processing.addEntityProvider(repository),
            }),
        }),
        createBackendPlugin({
          pluginId: 'scorecards',
          register: env =>
            env.registerInit({
              deps: {
                auth: coreServices.auth,
                catalog: catalogServiceRef,
                clock: clockServiceRef,
                database: coreServices.database,
                events: eventsServiceRef,
                lifecycle: coreServices.lifecycle,
                logger: coreServices.logger,
                snapshots: entitySnapshotsServiceRef,
              },
              async init({ database, lifecycle, ...services }) {
                const knex = await database.getClient();
                await knex.migrate.latest({
                  directory: resolvePackagePath(
                    '@waymark/scorecards-backend',
                    'migrations',
                  ),
                });
                const ledger = await Ledger.create({ database });
                adopter = Adopter.create({ ...services, knex, ledger });
                const follower = SnapshotFollower.create({
                  ...services,
                  knex,
                  onFollowed: followed => adopter.onFollowed(followed),
                });
                lifecycle.addStartupHook(async () => {
                  await follower.start();
                  await adopter.start();
                });
                lifecycle.addShutdownHook(async () => {
                  await follower.stop();
                  await adopter.stop();
                });
              },
            }),
        }),
        createServiceFactory({
          service: coreServices.database,
          deps: { plugin: coreServices.pluginMetadata },
          factory: ({ plugin }) =>
            mockServices.database({
              knex: clients[plugin.getId()] ?? clients.catalog,
            }),
        }),
        mockServices.rootSystemMetadata.factory(),
        mockServices.rootConfig.factory({ data: config }),
      ],
    });
    return { backend, knex: clients.scorecards, adopter: adopter! };
  }

  it('is followed: its entities, its definitions, and what is wrong with them', async () => {
    const repository = new PortalRepository();
    const { backend, knex, adopter } = await start(repository);
    const entities = EntityStore.of(knex);
    const definitions = DefinitionStore.of(knex);
    const good = aScorecard('basics', ['facts.git.readme']);
    const others = [component, group, aFactSource('git')];

    await repository.write(...others, good);
    const adopted = await eventually(
      () => definitions.byName('Scorecard', 'basics'),
      30_000,
    );
    expect(adopted.ref).toBe('scorecard:default/basics');
    const [api] = await eventually(async () => {
      const found = await entities.byRefs(['component:default/api']);
      return found[0]?.owner ? found : undefined;
    }, 30_000);
    expect(api).toMatchObject({
      kind: 'component',
      ownerPath: ['group:default/platform'],
      source: { owner: 'acme', repository: 'portal' },
    });

    // Refused by the adoption, and by the catalog.
    await repository.write(...others, aScorecard('basics', ['facts.git.no']));
    const refusal = (pattern: RegExp) =>
      eventually(async () => {
        // The feed does not tell of errors.
        await adopter.runOnce();
        const [found] = await definitions.refusals();
        const said = found?.problems.map(
          ({ path, reason }) => `${path}: ${reason}`,
        );
        return said && pattern.test(said.join()) ? found : undefined;
      }, 60_000);
    expect(
      (await refusal(/^spec\.checks\[0\]\.rule: .*unknown fact git\.no/)).ref,
    ).toBe(adopted.ref);
    await repository.write(
      ...others,
      aScorecard('basics', ['facts.git.no'], { levels: 'gold' }),
    );
    await refusal(
      /InputError: .*basics\.yaml: Scorecard "basics": spec\.levels/,
    );
    expect(await definitions.byName('Scorecard', 'basics')).toEqual(adopted);

    await repository.write(...others);
    const gone = await eventually(async () => {
      await adopter.runOnce();
      const present = await definitions.byName('Scorecard', 'basics');
      return present?.goneSince && present;
    }, 60_000);
    expect(gone.id).toBe(adopted.id);
    await backend.stop();
  });
});
