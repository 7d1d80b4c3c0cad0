import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { Ledger, LedgerSequencer } from '@waymark/ledger-node';
import {
  RESULTS_CHANGED_TOPIC,
  scorecardsPermissions,
} from '@waymark/scorecards-common';
import { factCollectorsExtensionPoint } from '@waymark/scorecards-node';
import {
  catalogProblemsServiceRef,
  clockServiceRef,
  entitySnapshotsServiceRef,
  readRoleGroups,
} from '@waymark/waymark-node';
import { registerActions } from './actions/registerActions';
import { Badges } from './badge/Badges';
import { createBadgeRouter } from './badge/createBadgeRouter';
import { BackgroundParts } from './background/BackgroundParts';
import {
  CatalogCollector,
  CollectorHealthReader,
  CollectorRegistry,
  CollectorRunner,
} from './collectors';
import { openDatabase } from './database/openDatabase';
import { Adopter } from './definitions/Adopter';
import { DefinitionStore } from './definitions/DefinitionStore';
import { createDeliveryRouter, DeliveryIntake } from './delivery';
import { createDigest } from './digest';
import { EntityStore } from './entities/EntityStore';
import { SnapshotFollower } from './entities/SnapshotFollower';
import { createExemptions } from './exemptions';
import { createLedgerRouter } from './http/createLedgerRouter';
import { createReadRouter } from './http/createReadRouter';
import { readOperations } from './http/operations';
import { PUSH_AUTH_POLICIES } from './http/pushOperations';
import { createFactsRouter } from './intake/createFactsRouter';
import { FactIntake } from './intake/FactIntake';
import { IdempotencyKeys } from './intake/IdempotencyKeys';
import { PushAuthenticator } from './intake/tokens';
import {
  CatalogCopies,
  createLabRouter,
  DefinitionFiles,
  RuleLab,
} from './lab';
import { HeadPublication } from './ledger/HeadPublication';
import { NoticeSender } from './notices';
import { createReadHandlers, createReads } from './reads/createReads';
import { EntityRefresh } from './refresh/EntityRefresh';
import { ThreadEvaluator } from './results/evaluation/ThreadEvaluator';
import { ResultEngine } from './results/ResultEngine';
import { Retention, RetentionTask } from './retention';
import { RollupFolder } from './rollups';
import { createSimulationRouter, Simulator } from './simulation';

/**
 * Scorecards: facts about entities, rules over them, results with proof and history.
 * @public
 */
export const scorecardsPlugin = createBackendPlugin({
  pluginId: 'scorecards',
  register(env) {
    const registry = CollectorRegistry.create();
    env.registerExtensionPoint(factCollectorsExtensionPoint, registry);
    env.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clock: clockServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        problems: catalogProblemsServiceRef,
        scheduler: coreServices.scheduler,
        snapshots: entitySnapshotsServiceRef,
        urlReader: coreServices.urlReader,
        userInfo: coreServices.userInfo,
      },
      async init(services) {
        const { clock, database, httpAuth, httpRouter, logger } = services;
        services.permissionsRegistry.addPermissions(scorecardsPermissions);
        const knex = await openDatabase(database);
        const ledger = await Ledger.create({ database });
        const heads = await HeadPublication.fromConfig({ ...services, ledger });
        const definitions = DefinitionStore.of(knex);
        registry.addCollector(CatalogCollector.create({ ...services, knex }));
        const { collectors } = registry;

        const entities = EntityStore.of(knex);
        const intake = FactIntake.create({
          knex,
          definitions,
          entities,
          clock,
        });
        const keys = IdempotencyKeys.create({ knex, clock });
        const authenticator = PushAuthenticator.fromConfig(services);
        const adopter = Adopter.create({
          ...services,
          ...{ knex, ledger },
          auditors: new Set(readRoleGroups(services.config).audit),
        });
        const runner = CollectorRunner.create({
          ...services,
          knex,
          collectors,
          definitions,
          intake,
        });
        const follower = SnapshotFollower.create({
          ...services,
          knex,
          onFollowed: followed => adopter.onFollowed(followed),
        });
        const engine = ResultEngine.create({
          knex,
          clock,
          logger,
          definitions,
          evaluator: ThreadEvaluator.create(),
          onChanged: sequence => {
            services.events
              .publish({
                topic: RESULTS_CHANGED_TOPIC,
                eventPayload: { sequence },
              })
              .catch(error =>
                logger.debug('Nobody was told of new results', error),
              );
          },
        });
        const sender = NoticeSender.create({ ...services, knex });
        const onWritten = () => sender.wake();
        const exemptions = createExemptions({
          ...services,
          knex,
          ledger,
          definitions,
          onWritten,
        });
        const reads = createReads({ ...services, knex, definitions });
        const background = BackgroundParts.create({
          logger,
          parts: {
            'follow the entity snapshots of the catalog': follower,
            'adopt definitions': adopter,
            'run the fact collectors': runner,
            'evaluate what has changed': engine,
            'roll up results': RollupFolder.create({ knex, logger }),
            'take the steps of exemptions that are due': exemptions.task,
            'send notices': sender,
            ...createDigest({ ...services, ...reads, knex, onWritten }),
            'order the ledger': LedgerSequencer.create({ ledger, logger }),
            'publish the head of the ledger': heads,
            'purge what is old': RetentionTask.create({
              ...services,
              retention: Retention.create({ knex, definitions, keys, clock }),
            }),
          },
        });

        httpRouter.use(
          createFactsRouter({
            knex,
            intake,
            keys,
            authenticator,
          }),
        );
        httpRouter.use(
          createDeliveryRouter({
            delivery: DeliveryIntake.create({ knex, entities, clock }),
            authenticator,
          }),
        );
        PUSH_AUTH_POLICIES.forEach(policy => httpRouter.addAuthPolicy(policy));
        const operations = readOperations(clock);
        const badges = Badges.create({ ...services, ...reads, entities });
        const handlers = createReadHandlers(reads, {
          health: CollectorHealthReader.create({ knex, collectors, clock }),
          evaluator: EntityRefresh.create({ knex, clock, runner }),
        });
        httpRouter.use(
          createReadRouter({ operations, handlers, httpAuth, clock }),
        );
        httpRouter.use(createLedgerRouter({ ...services, ledger }));
        httpRouter.use(exemptions.router);
        httpRouter.use(createBadgeRouter({ ...services, badges }));
        const evaluator = ThreadEvaluator.create();
        const simulator = Simulator.create({
          ...services,
          knex,
          definitions,
          entities,
          evaluator,
        });
        services.lifecycle.addShutdownHook(() => evaluator.close());
        httpRouter.use(
          createSimulationRouter({ ...reads, simulator, httpAuth }),
        );
        const copies = CatalogCopies.create({ knex, clock, evaluator });
        const lab = RuleLab.create({
          ...{ knex, clock, definitions, entities, simulator, copies },
          readable: reads.readable,
        });
        const files = DefinitionFiles.create({ ...services, ...reads });
        httpRouter.use(createLabRouter({ ...reads, lab, files, httpAuth }));
        registerActions(services.actions, {
          operations,
          handlers: { ...handlers, ...exemptions.handlers },
        });

        services.lifecycle.addStartupHook(() => background.start());
        services.lifecycle.addShutdownHook(() => background.stop());
      },
    });
  },
});
