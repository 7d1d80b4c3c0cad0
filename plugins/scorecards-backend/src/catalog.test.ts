import {
  coreServices,
  createBackendPlugin,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import catalogModuleWaymark from '@waymark/catalog-backend-module-waymark';
import { Ledger } from '@waymark/ledger-node';
import {
  clockServiceRef,
  entitySnapshotsServiceRef,
} from '@waymark/waymark-node';
import { eventually, testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { aFactSource, aScorecard } from './__testUtils__/definitions';
import {
  catalogConfig,
  databasesOf,
  PortalRepository,
} from './__testUtils__/PortalRepository';
import { Adopter } from './definitions/Adopter';
import { DefinitionStore } from './definitions/DefinitionStore';
import { EntityStore } from './entities/EntityStore';
import { SnapshotFollower } from './entities/SnapshotFollower';

jest.setTimeout(120_000);

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
        repository.feature,
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
        databasesOf(plugin => clients[plugin] ?? clients.catalog),
        mockServices.rootSystemMetadata.factory(),
        mockServices.rootConfig.factory({ data: catalogConfig }),
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
