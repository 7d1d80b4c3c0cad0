import { DatabaseManager } from '@backstage/backend-defaults/database';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import type { Entity } from '@backstage/catalog-model';
import { Ledger } from '@waymark/ledger-node';
import {
  Adopter,
  DefinitionStore,
  EntityStore,
  FactIntake,
  ResultEngine,
  ResultReader,
  RollupFolder,
  RollupStore,
  ThreadEvaluator,
} from '@waymark/scorecards-backend/engine';
import { SystemClock } from '@waymark/waymark-node';
import type { Knex } from 'knex';
import { join } from 'node:path';

/** Where the tables are: a PostgreSQL server, or a folder for SQLite. */
export type Place =
  | { readonly client: 'pg'; readonly connection: string }
  | { readonly client: 'better-sqlite3'; readonly folder: string };

const silent = () => {};
const logger = {
  child: () => logger,
  debug: silent,
  info: silent,
  warn: (message: string) => process.stderr.write(`${message}\n`),
  error: (message: string, error?: unknown) =>
    process.stderr.write(`${message} ${error}\n`),
};

/** The configuration of a portal whose tables are there. */
export function databaseConfig(place: Place) {
  const connection =
    place.client === 'pg'
      ? place.connection
      : { directory: join(place.folder, 'data') };
  return { client: place.client, connection };
}

/** A database as a portal gives it to its plugins, and what ends it. */
async function openDatabase(
  place: Place,
): Promise<{ knex: Knex; shutDown: () => Promise<void> }> {
  const config = new ConfigReader({
    backend: { database: databaseConfig(place) },
  });
  const hooks: (() => void | Promise<void>)[] = [];
  const lifecycle = {
    addShutdownHook: (hook: () => void | Promise<void>) => {
      hooks.push(hook);
    },
    addBeforeShutdownHook: silent,
    addStartupHook: silent,
  };
  const knex = await DatabaseManager.fromConfig(config, {
    rootLogger: logger,
    rootLifecycle: lifecycle,
  })
    .forPlugin('scorecards', { logger, lifecycle })
    .getClient();
  return {
    knex,
    shutDown: async () => {
      for (const hook of hooks) await hook();
    },
  };
}

/** The engine over a database, without the portal around it. */
export async function openEngine(place: Place) {
  const { knex, shutDown } = await openDatabase(place);
  await knex.migrate.latest({
    directory: resolvePackagePath('@waymark/scorecards-backend', 'migrations'),
  });
  const clock = SystemClock.fromConfig(new ConfigReader({}));
  const definitions = DefinitionStore.of(knex);
  const entities = EntityStore.of(knex);
  const evaluator = ThreadEvaluator.create();
  const engine = ResultEngine.create({
    knex,
    clock,
    logger,
    definitions,
    evaluator,
  });
  return {
    knex,
    clock,
    definitions,
    entities,
    evaluator,
    engine,
    intake: FactIntake.create({ knex, definitions, entities, clock }),
    folder: RollupFolder.create({ knex, logger }),
    results: ResultReader.of(knex),
    rollups: RollupStore.of(knex),
    /** Has these definitions in force and no others. */
    async adopt(some: readonly object[]) {
      const ledger = await Ledger.create({
        database: { getClient: async () => knex },
      });
      await Adopter.create({
        knex,
        clock,
        logger,
        ledger,
        auth: { getOwnServiceCredentials: async () => ({}) } as never,
        catalog: {
          async *streamEntities() {
            yield some as Entity[];
          },
        },
      }).runOnce();
    },
    async close() {
      await evaluator.close();
      await shutDown();
    },
  };
}

/** @see openEngine */
export type OpenEngine = Awaited<ReturnType<typeof openEngine>>;
