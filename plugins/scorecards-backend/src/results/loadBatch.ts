import { Knex } from 'knex';
import { INTERVALS } from '../entities/tables';
import {
  isAmong,
  isPostgres,
  jsonArray,
  jsonNumber,
  jsonString,
} from '../database/lists';
import { FACTS } from '../facts/tables';
import { OUTAGES } from '../outages/OutageStore';
import type { Batch, ItemText, Leased } from './evaluation/batch';
import { DUE, RESULTS } from './tables';

type Texts = Omit<Batch, 'leased' | 'now'>;

/**
 * Reads what entities are evaluated over, in one statement: all of it is of one instant, and there is one way to the
 * database and back however many kinds of rows there are.
 *
 * @param sourceIds - of the fact sources that rules read
 */
export async function loadBatch(
  knex: Knex,
  leased: Leased[],
  sourceIds: readonly number[],
  now: Date,
): Promise<Batch> {
  const entityIds = leased.map(({ entityId }) => entityId);
  const among = isAmong(knex, 'entity_id', entityIds);
  const texts: Record<keyof Texts, Knex.QueryBuilder> = {
    entities: items(
      knex,
      ['entity_id', 'placement_id', 'entity'],
      knex(INTERVALS).where(among).whereNull('valid_to'),
    ),
    facts: items(
      knex,
      ['entity_id', 'source_id', 'observed_at', 'payload'],
      knex(FACTS)
        .where(among)
        .where(isAmong(knex, 'source_id', sourceIds))
        .whereNull('valid_to'),
    ),
    outages: items(
      knex,
      [jsonNumber('entity_id'), 'source_id', jsonString(knex, 'error')],
      knex(OUTAGES)
        .where(query => query.whereNull('entity_id').orWhere(among))
        .where(isAmong(knex, 'source_id', sourceIds))
        .whereNull('valid_to'),
    ),
    current: items(
      knex,
      [
        'seq',
        'entity_id',
        'scorecard_id',
        'definition_id',
        'layout_id',
        'placement_id',
        // Packed results hold digits and small letters only.
        `'"' || results || '"'`,
        jsonNumber('level'),
        jsonNumber('points'),
        jsonNumber('confidence'),
        `coalesce(holds, 'null')`,
      ],
      knex(RESULTS).where(among).whereNull('valid_to'),
    ),
    due: items(
      knex,
      ['entity_id', 'at', jsonString(knex, 'cause')],
      knex(DUE).where(among),
    ),
  };
  const [row]: Record<keyof Texts, ItemText>[] = await knex.select(texts);
  return { leased, now: now.getTime(), ...row };
}

function items(
  knex: Knex,
  expressions: string[],
  query: Knex.QueryBuilder,
): Knex.QueryBuilder {
  const aggregate = isPostgres(knex) ? 'string_agg' : 'group_concat';
  return query.select(
    knex.raw(`${aggregate}(${jsonArray(...expressions)}, ',')`),
  );
}
