import { Knex } from 'knex';
import { INTERVALS } from '../entities/tables';
import { grantsOf } from '../exemptions/grants';
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

// Each lane of a replica holds what it reads a few times over: as text, as a copy for the thread, and parsed.
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Reads what entities are evaluated over, in one statement: all of it is of one instant, and there is one way to the
 * database and back however many kinds of rows there are.
 *
 * @param sourceIds - of the fact sources that rules read
 * @param only - the results of one scorecard only; and no entities, where they are known already
 * @returns undefined where descriptions and facts of several entities are too much to be held at once
 */
export async function loadBatch(
  knex: Knex,
  leased: Leased[],
  sourceIds: readonly number[],
  now: Date,
  only?: { scorecardId: number; withoutEntities?: boolean },
): Promise<Batch | undefined> {
  const entityIds = leased.map(({ entityId }) => entityId);
  const among = isAmong(knex, 'entity_id', entityIds);
  // Each is read once: how much it is, is counted along.
  const entities = textOf(
    knex,
    ['entity_id', 'placement_id', 'entity'],
    knex(INTERVALS)
      .where(only?.withoutEntities ? knex.raw('1 = 0') : among)
      .whereNull('valid_to'),
  ).select(bytesOf(knex, 'entity'));
  const facts = textOf(
    knex,
    ['entity_id', 'source_id', 'observed_at', 'payload'],
    knex(FACTS)
      .where(among)
      .where(isAmong(knex, 'source_id', sourceIds))
      .whereNull('valid_to'),
  ).select(bytesOf(knex, 'payload'));
  const rest: Record<
    keyof Omit<Texts, 'entities' | 'facts'>,
    Knex.QueryBuilder
  > = {
    outages: textOf(
      knex,
      [jsonNumber('entity_id'), 'source_id', jsonString(knex, 'error')],
      knex(OUTAGES)
        .where(query => query.whereNull('entity_id').orWhere(among))
        .where(isAmong(knex, 'source_id', sourceIds))
        .whereNull('valid_to'),
    ),
    current: textOf(
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
      knex(RESULTS)
        .where(among)
        .whereNull('valid_to')
        .where(only ? { scorecard_id: only.scorecardId } : {}),
    ),
    exemptions: textOf(
      knex,
      [
        'entity_id',
        jsonString(knex, 'scorecard'),
        jsonString(knex, 'check_id'),
        'expires_at',
      ],
      grantsOf(knex, entityIds),
    ),
    due: textOf(
      knex,
      ['entity_id', 'at', jsonString(knex, 'cause')],
      knex(DUE).where(among),
    ),
  };
  const most = leased.length > 1 ? MOST_BYTES : Number.MAX_SAFE_INTEGER;
  const isHeld = knex.raw('entity.bytes + fact.bytes <= ?', [most]);
  const unlessTooMuch = (table: string, name: keyof Texts) =>
    knex.raw('case when ? then ?? end as ??', [isHeld, `${table}.items`, name]);
  const [row]: (Record<keyof Texts, ItemText> & {
    is_held: boolean | number;
  })[] = await knex
    .from(knex.raw('? as entity, ? as fact', [entities, facts]))
    .select(
      knex.raw('? as is_held', [isHeld]),
      unlessTooMuch('entity', 'entities'),
      unlessTooMuch('fact', 'facts'),
      ...Object.entries(rest).map(([name, query]) =>
        knex.raw('case when ? then ? end as ??', [
          isHeld,
          query,
          name,
        ] as Knex.RawBinding[]),
      ),
    );
  const { is_held, ...items } = row;
  return is_held ? { leased, now: now.getTime(), ...items } : undefined;
}

// As the databases keep it for each value, so that none of them is read for it.
function bytesOf(knex: Knex, column: string): Knex.Raw {
  return knex.raw('coalesce(sum(octet_length(??)), 0) as bytes', [column]);
}

function textOf(
  knex: Knex,
  expressions: string[],
  query: Knex.QueryBuilder,
): Knex.QueryBuilder {
  const aggregate = isPostgres(knex) ? 'string_agg' : 'group_concat';
  return query.select(
    knex.raw(`${aggregate}(${jsonArray(...expressions)}, ',') as items`),
  );
}
