import { DefaultSchedulerService } from '@backstage/backend-defaults/scheduler';
import {
  coreServices,
  createServiceFactory,
  DatabaseService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { metricsServiceRef } from '@backstage/backend-plugin-api/alpha';
import { Knex } from 'knex';
import { releaseTaskClaims } from './releaseTaskClaims';

/**
 * Backstage's scheduler, which on a single machine begins again at once what a killed process was running.
 *
 * @remarks
 *
 * SQLite means one process: whoever held a claim when this one starts is gone. On any other database a claim may well be
 * that of another replica, and stays as it is.
 *
 * @public
 */
export const restartingSchedulerServiceFactory = createServiceFactory({
  service: coreServices.scheduler,
  deps: {
    database: coreServices.database,
    logger: coreServices.logger,
    rootLifecycle: coreServices.rootLifecycle,
    httpRouter: coreServices.httpRouter,
    pluginMetadata: coreServices.pluginMetadata,
    metrics: metricsServiceRef,
  },
  async factory({ database, ...services }) {
    return DefaultSchedulerService.create({
      ...services,
      database: releasingClaims(database, services.logger),
    });
  },
});

function releasingClaims(
  database: DatabaseService,
  logger: LoggerService,
): DatabaseService {
  let released: Promise<Knex> | undefined;
  const release = async () => {
    const knex = await database.getClient();
    if (isSingleProcess(knex)) {
      const ids = await releaseTaskClaims(knex);
      if (ids.length > 0) {
        logger.info(`Took over what a killed process ran: ${ids.join(', ')}`);
      }
    }
    return knex;
  };
  return {
    migrations: database.migrations,
    getClient: async () => (released ??= release()),
  };
}

function isSingleProcess(knex: Knex): boolean {
  return (
    process.env.NODE_ENV !== 'production' &&
    String(knex.client.config.client).includes('sqlite3')
  );
}
