import { Knex } from 'knex';
import { columnList } from '../database/lists';
import { FACTS, Observation, provenanceColumns } from './tables';

const COLUMNS = {
  version: 'bigint',
  entity_id: 'bigint',
  source_id: 'bigint',
  payload: 'text',
  observed_at: 'bigint',
  collector: 'text',
  url: 'text',
  commit: 'text',
  valid_from: 'bigint',
} as const;

/** Begins intervals, with one statement for many. */
export async function insertFacts(
  tx: Knex.Transaction,
  begun: {
    version: number;
    observation: Observation;
    sourceId: number;
    /** Canonical JSON. */
    payload: string;
  }[],
  at: number,
): Promise<void> {
  if (begun.length === 0) return;
  const rows = begun.map(({ version, observation, sourceId, payload }) => ({
    version,
    entity_id: observation.entityId,
    source_id: sourceId,
    payload,
    ...provenanceColumns(observation),
    valid_from: at,
  }));
  const valuesOf = (name: keyof typeof COLUMNS) => rows.map(row => row[name]);
  const list = Object.keys(COLUMNS)
    .map(name => `"${name}"`)
    .join(', ');
  await tx.raw(`insert into ${FACTS} (${list}) select ${list} from ?`, [
    columnList(tx, COLUMNS, {
      version: valuesOf('version'),
      entity_id: valuesOf('entity_id'),
      source_id: valuesOf('source_id'),
      payload: valuesOf('payload'),
      observed_at: valuesOf('observed_at'),
      collector: valuesOf('collector'),
      url: valuesOf('url'),
      commit: valuesOf('commit'),
      valid_from: valuesOf('valid_from'),
    }),
  ]);
}
