import { CollectorPartition, FactCollector } from '@waymark/scorecards-node';
import { Knex } from 'knex';
import { isAmong } from '../database/lists';
import { OutageStore } from '../outages/OutageStore';
import { dropEmpty, requestEntities } from './partitionRows';
import { DEPENDENCIES, PARTITIONS, TargetRow, TARGETS } from './tables';

/** Where an entity belongs among the partitions of a collector. */
export interface Assignment {
  entityId: number;
  partition: CollectorPartition;
}

/** Puts entities into their partitions, and has them collected. */
export async function assignTargets(
  tx: Knex.Transaction,
  collector: string,
  assignments: Assignment[],
  request: { priority: number; dueAt: Date },
): Promise<void> {
  if (assignments.length === 0) {
    return;
  }
  const byKey = new Map(
    assignments.map(({ partition }) => [partition.key, partition]),
  );
  const partitions = [...byKey.values()].sort((a, b) =>
    a.key < b.key ? -1 : 1,
  );
  await tx(PARTITIONS)
    .insert(
      partitions.map(({ key, host, account }) => ({
        collector,
        key,
        host: host ?? null,
        account: account ?? host ?? '',
        priority: request.priority,
        requests: 0,
      })),
    )
    .onConflict(['collector', 'key'])
    .merge(['host', 'account']);
  const rows: { id: number; key: string }[] = await tx(PARTITIONS)
    .where({ collector })
    .whereIn('key', [...byKey.keys()])
    .select('id', 'key');
  const ids = new Map(rows.map(({ id, key }) => [key, id]));
  const left = await partitionsLeft(tx, collector, assignments, ids);
  await tx(TARGETS)
    .insert(
      assignments.map(({ entityId, partition }) => ({
        collector,
        entity_id: entityId,
        partition_id: ids.get(partition.key)!,
        request: 0,
        failures: 0,
      })),
    )
    .onConflict(['collector', 'entity_id'])
    .merge(['partition_id']);
  await dropEmpty(tx, left);
  await requestEntities(
    tx,
    collector,
    assignments.map(({ entityId }) => entityId),
    request,
  );
}

/** The partitions that entities are about to leave. */
async function partitionsLeft(
  tx: Knex.Transaction,
  collector: string,
  assignments: Assignment[],
  ids: Map<string, number>,
): Promise<number[]> {
  const rows: TargetRow[] = await tx(TARGETS)
    .where({ collector })
    .whereRaw(
      isAmong(
        tx,
        'entity_id',
        assignments.map(({ entityId }) => entityId),
      ),
    );
  const before = new Map(rows.map(row => [row.entity_id, row.partition_id]));
  return [
    ...new Set(
      assignments.flatMap(({ entityId, partition }) => {
        const left = before.get(entityId);
        return left === undefined || left === ids.get(partition.key)
          ? []
          : left;
      }),
    ),
  ];
}

/** Forgets entities that a collector is not concerned with, and whatever it could not learn of them. */
export async function forgetTargets(
  tx: Knex.Transaction,
  collector: Pick<FactCollector, 'id' | 'sources'>,
  entityIds: number[],
  now: Date,
): Promise<void> {
  if (entityIds.length === 0) {
    return;
  }
  const some = isAmong(tx, 'entity_id', entityIds);
  const rows: TargetRow[] = await tx(TARGETS)
    .where({ collector: collector.id })
    .whereRaw(some);
  if (rows.length === 0) {
    return;
  }
  await tx(TARGETS).where({ collector: collector.id }).whereRaw(some).delete();
  await tx(DEPENDENCIES)
    .where({ collector: collector.id })
    .whereRaw(some)
    .delete();
  await dropEmpty(tx, [...new Set(rows.map(row => row.partition_id))]);
  await OutageStore.of(tx).end(
    tx,
    rows.flatMap(({ entity_id }) =>
      collector.sources.map(source => ({ source, entityId: entity_id })),
    ),
    now,
  );
}
