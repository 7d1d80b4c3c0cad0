import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { isAmong } from '../database/lists';
import { PARTITIONS, PRIORITY, TargetRow, TARGETS } from './tables';

const CHUNK = 500;

/** Has entities collected as soon as possible, wherever they are among the partitions of a collector. */
export async function requestEntities(
  tx: Knex.Transaction,
  collector: string,
  entityIds: readonly number[],
  urgency: { priority: number; dueAt: Date },
): Promise<void> {
  for (const ids of chunks([...entityIds], CHUNK)) {
    const rows: Pick<TargetRow, 'partition_id' | 'entity_id'>[] = await tx(
      TARGETS,
    )
      .where({ collector })
      .whereRaw(isAmong(tx, 'entity_id', ids))
      .select('partition_id', 'entity_id');
    await request(
      tx,
      rows.map(row => row.partition_id),
      rows.map(row => row.entity_id),
      urgency,
    );
  }
}

/** Has whole partitions collected as soon as possible. */
export async function requestPartitions(
  tx: Knex.Transaction,
  collector: string,
  keys: readonly string[],
  now: Date,
): Promise<void> {
  for (const some of chunks([...new Set(keys)], CHUNK)) {
    const ids: number[] = await tx(PARTITIONS)
      .where({ collector })
      .whereIn('key', some)
      .orderBy('id')
      .pluck('id');
    await request(tx, ids, undefined, {
      priority: PRIORITY.asked,
      dueAt: now,
    });
  }
}

/** Leaves a host alone: none of its partitions is due before an instant. */
export async function postpone(
  tx: Knex.Transaction,
  collector: string,
  host: string,
  until: Date,
): Promise<void> {
  await tx(PARTITIONS)
    .where({ collector, host, lease_token: null })
    .where('due_at', '<', until.getTime())
    .update({ due_at: until.getTime() });
}

async function request(
  tx: Knex.Transaction,
  partitionIds: number[],
  /** Undefined: all of the partitions. */
  entityIds: number[] | undefined,
  { priority, dueAt }: { priority: number; dueAt: Date },
): Promise<void> {
  const ids = [...new Set(partitionIds)].sort((a, b) => a - b);
  if (ids.length === 0) {
    return;
  }
  const at = dueAt.getTime();
  await tx(PARTITIONS)
    .whereRaw(isAmong(tx, 'id', ids))
    .update({
      requests: tx.raw('requests + 1'),
      priority: tx.raw(
        'case when priority < ? then priority else cast(? as integer) end',
        [priority, priority],
      ),
      due_at: tx.raw(
        'case when due_at < ? then due_at else cast(? as bigint) end',
        [at, at],
      ),
    });
  const targets = tx(TARGETS).whereRaw(isAmong(tx, 'partition_id', ids));
  if (entityIds) {
    targets.whereRaw(isAmong(tx, 'entity_id', entityIds));
  }
  await targets.update({
    due_at: tx.raw(
      'case when due_at < ? then due_at else cast(? as bigint) end',
      [at, at],
    ),
    request: tx(PARTITIONS)
      .where(`${PARTITIONS}.id`, tx.ref(`${TARGETS}.partition_id`))
      .select('requests'),
  });
}

/** Forgets those of some partitions that have no entities any more. */
export async function dropEmpty(
  tx: Knex.Transaction,
  partitionIds: number[],
): Promise<void> {
  await tx(PARTITIONS)
    .whereRaw(isAmong(tx, 'id', partitionIds))
    .whereNotExists(
      tx(TARGETS)
        .where('partition_id', tx.ref(`${PARTITIONS}.id`))
        .select('entity_id'),
    )
    .delete();
}
