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

/** A database as a portal gives it to its plugins. */
async function openDatabase(place: Place): Promise<Knex> {
  const config = new ConfigReader({
    backend: { database: databaseConfig(place) },
  });
  return DatabaseManager.fromConfig(config)
    .forPlugin('scorecards', {
      logger,
      lifecycle: { addShutdownHook: silent, addStartupHook: silent },
    } as never)
    .getClient();
}

/** The engine over a database, without the portal around it. */
export async function openEngine(place: Place) {
  const knex = await openDatabase(place);
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
      await knex.destroy();
    },
  };
}

/** @see openEngine */
export type OpenEngine = Awaited<ReturnType<typeof openEngine>>;
