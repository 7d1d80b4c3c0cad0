import { TestDatabases } from '@backstage/backend-test-utils';
import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { SnapshotStore } from '../snapshots/SnapshotStore';

/** SQLite and PostgreSQL; fails in CI where PostgreSQL would silently drop out. */
export function testDatabases(): TestDatabases {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  if (process.env.CI && databases.eachSupportedId().length !== 2) {
    throw new Error(
      'These tests must run on PostgreSQL too: set BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING',
    );
  }
  return databases;
}

export async function createStore(knex: Knex): Promise<SnapshotStore> {
  return SnapshotStore.create({
    database: mockServices.database({ knex }),
  });
}
