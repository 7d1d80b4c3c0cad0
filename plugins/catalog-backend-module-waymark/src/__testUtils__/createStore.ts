import { mockServices } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { SnapshotStore } from '../snapshots/SnapshotStore';

export async function createStore(knex: Knex): Promise<SnapshotStore> {
  return SnapshotStore.create({
    database: mockServices.database({ knex }),
  });
}
