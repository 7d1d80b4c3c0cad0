import { setTimeout as sleep } from 'node:timers/promises';
import type { BackendFactory } from '../backend.ts';
import { SERVICE_NAME } from '../service.ts';
import { Database } from './database.ts';
import { isUnavailable } from './errors.ts';
import { migrate } from './migrate.ts';
import { PostgresItemStore } from './postgres-store.ts';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;

/** Keeps items in PostgreSQL; brings the schema up to date before the service gets traffic. */
export const createBackend: BackendFactory = ({ DATABASE_URL }, logger) => {
  const database = new Database(DATABASE_URL, logger);
  return {
    items: new PostgresItemStore(database),
    checks: {
      postgresql: async () => {
        await database.query('check', 'SELECT 1');
      },
    },

    async start(signal) {
      for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
        try {
          const applied = await migrate(DATABASE_URL, SERVICE_NAME);
          logger.info({ applied }, 'schema is up to date');
          return;
        } catch (error) {
          // A wrong password or a broken migration does not get better by waiting.
          if (!isUnavailable(error)) throw error;
          logger.warn({ err: error, retry_ms: wait }, 'database is not available yet');
          await sleep(wait, undefined, { signal });
        }
      }
    },

    close: () => database.close(),
  };
};
