import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { testDatabases } from '../testDatabases';
import { takeStartLock } from './startLock';

jest.setTimeout(60_000);

const databases = testDatabases();
const logger = mockServices.logger.mock();

const configOf = (knex: Knex, more = {}) =>
  new ConfigReader({
    backend: {
      database: {
        client: knex.client.config.client,
        connection: knex.client.config.connection,
        // The lock is then one of this database, and not of all tests together.
        pluginDivisionMode: 'schema',
        ...more,
      },
    },
  });

const waits = <T>(work: Promise<T>) =>
  Promise.race([
    work.then(() => false),
    new Promise<boolean>(resolve => {
      setTimeout(() => resolve(true), 500);
    }),
  ]);

const POSTGRES = 'POSTGRES_15';
const onPostgres = databases.supports(POSTGRES) ? describe : describe.skip;

onPostgres('the lock of a start, on PostgreSQL', () => {
  it('is free again for the next one when it is let go', async () => {
    const config = configOf(await databases.init(POSTGRES));
    const release = await takeStartLock(config, logger);
    const second = takeStartLock(config, logger);
    expect(await waits(second)).toBe(true);
    expect(logger.info).toHaveBeenCalledWith(
      'Another replica is starting: waiting until it has started',
    );
    await release!();
    await (await second)!();
  });

  it('is free again when its holder dies', async () => {
    const knex = await databases.init(POSTGRES);
    const config = configOf(knex);
    const release = await takeStartLock(config, logger);
    const second = takeStartLock(config, logger);
    expect(await waits(second)).toBe(true);
    await knex.raw(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`,
    );
    const releaseSecond = await second;
    await release!();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('The start was not exclusive to its end'),
    );
    await releaseSecond!();
  });

  it('says that PostgreSQL cannot be reached', async () => {
    const knex = await databases.init(POSTGRES);
    const { connection } = knex.client.config;
    await expect(
      takeStartLock(
        configOf(knex, { connection: { ...connection, port: 1 } }),
        logger,
      ),
    ).rejects.toThrow('ECONNREFUSED');
  });
});
