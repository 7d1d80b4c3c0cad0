import { Knex } from 'knex';
import { columnList } from '../database/lists';
import { LATE, Observation, provenanceColumns } from './tables';

const COLUMNS = {
  entity_id: 'bigint',
  source_id: 'bigint',
  payload: 'text',
  observed_at: 'bigint',
  collector: 'text',
  url: 'text',
  commit: 'text',
  received_at: 'bigint',
} as const;

/** Keeps observations that came late, each of them once however often it is repeated. */
export async function keepLate(
  tx: Knex.Transaction,
  late: {
    observation: Observation;
    sourceId: number;
    /** Canonical JSON. */
    payload: string;
  }[],
  now: Date,
): Promise<void> {
  if (late.length === 0) return;
  const rows = late.map(({ observation, sourceId, payload }) => ({
    entity_id: observation.entityId,
    source_id: sourceId,
    payload,
    ...provenanceColumns(observation),
    received_at: now.getTime(),
  }));
  const valuesOf = (name: keyof typeof COLUMNS) => rows.map(row => row[name]);
  const list = Object.keys(COLUMNS)
    .map(name => `"${name}"`)
    .join(', ');
  await tx.raw(
    `insert into ${LATE} (${list}) select ${list} from ?
     where not exists (
       select 1 from ${LATE} kept
       where kept.entity_id = v.entity_id and kept.source_id = v.source_id
         and kept.observed_at = v.observed_at and kept.payload = v.payload
     )`,
    [
      columnList(tx, COLUMNS, {
        entity_id: valuesOf('entity_id'),
        source_id: valuesOf('source_id'),
        payload: valuesOf('payload'),
        observed_at: valuesOf('observed_at'),
        collector: valuesOf('collector'),
        url: valuesOf('url'),
        commit: valuesOf('commit'),
        received_at: valuesOf('received_at'),
      }),
    ],
  );
}
