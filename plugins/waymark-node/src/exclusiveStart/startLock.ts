import { LoggerService } from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { stringifyError } from '@backstage/errors';
import createKnex, { Knex } from 'knex';

/** Any number will do, as long as every version of the portal takes the same. */
const LOCK = 0x5761796d;

/**
 * Takes a lock in PostgreSQL that one backend holds at a time, waiting for as long as another one has it.
 *
 * @remarks
 *
 * The lock belongs to a transaction and not to the session, so that a pool between the portal and PostgreSQL may lend
 * the connection to others afterwards. It goes with the connection when the process is killed.
 *
 * @returns how to let go of it, or undefined where the configuration names no PostgreSQL
 */
export async function takeStartLock(
  config: Config,
  logger: LoggerService,
): Promise<(() => Promise<void>) | undefined> {
  const connection = lockConnection(config.getConfig('backend.database'));
  if (!connection) return undefined;
  const knex = createKnex({
    client: 'pg',
    connection,
    pool: { min: 0, max: 1 },
    log: knexLog(logger),
  });
  try {
    const transaction = await knex.transaction();
    await waitForLock(transaction, logger);
    return async () => {
      try {
        await transaction.commit();
        await transaction.executionPromise;
      } catch (error) {
        logger.warn(
          `The start was not exclusive to its end: ${stringifyError(error)}`,
        );
      } finally {
        await knex.destroy();
      }
    };
  } catch (error) {
    await knex.destroy();
    throw error;
  }
}

async function waitForLock(
  transaction: Knex.Transaction,
  logger: LoggerService,
): Promise<void> {
  // A server may be set up to end transactions that wait, which this one does by intent.
  await transaction.raw('SET LOCAL idle_in_transaction_session_timeout = 0');
  await transaction.raw('SET LOCAL lock_timeout = 0');
  await transaction.raw('SET LOCAL statement_timeout = 0');
  const { rows } = await transaction.raw(
    'SELECT pg_try_advisory_xact_lock(?) AS taken',
    [LOCK],
  );
  if (rows[0].taken) return;
  logger.info('Another replica is starting: waiting until it has started');
  await transaction.raw('SELECT pg_advisory_xact_lock(?)', [LOCK]);
}

/** What it has to say of a failure is in the error too; it would print it past the log. */
function knexLog(logger: LoggerService): Knex.Logger {
  const debug = (message: unknown) => logger.debug(String(message));
  return { debug, warn: debug, error: debug };
}

/** A database that is there before any plugin has made its own, as Backstage itself uses it to make them. */
function lockConnection(database: Config): Knex.PgConnectionConfig | undefined {
  if (database.getOptionalString('client') !== 'pg') return undefined;
  const connection = database.getOptional('connection');
  if (typeof connection !== 'object' || connection === null) return undefined;
  const { type, ...settings } = connection as Knex.PgConnectionConfig & {
    type?: string;
  };
  // Connections of cloud providers make their passwords themselves.
  if (type !== undefined && type !== 'default') return undefined;
  return database.getOptionalString('pluginDivisionMode') === 'schema'
    ? settings
    : { ...settings, database: 'postgres' };
}
