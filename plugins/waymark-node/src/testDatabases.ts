import { TestDatabases } from '@backstage/backend-test-utils';

/** Set by whoever has a PostgreSQL server for the tests, or wants them to fail without one. */
const REQUIRED = 'WAYMARK_TEST_POSTGRES_REQUIRED';

/**
 * SQLite and PostgreSQL, for tests of whatever keeps data.
 *
 * @remarks
 *
 * Backstage leaves a database out in silence when it cannot reach it. Here that fails the test wherever PostgreSQL is
 * asked for: `WAYMARK_TEST_POSTGRES_REQUIRED=true`, as in `npm test` with a server, or `CI`.
 *
 * @throws Error when PostgreSQL is required and there is none
 * @public
 */
export function testDatabases(): TestDatabases {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  const required = process.env[REQUIRED] === 'true' || process.env.CI;
  if (required && !databases.supports('POSTGRES_15')) {
    throw new Error(
      'These tests must run on PostgreSQL too: set BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING',
    );
  }
  return databases;
}
