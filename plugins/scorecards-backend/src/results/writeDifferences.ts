import { Knex } from 'knex';
import { columnList, isAmong, numbers } from '../database/lists';
import type { Big } from '../facts/tables';
import type { Differences, ResultColumns } from './evaluation/batch';
import { DUE, RESULT_HEAD, RESULTS } from './tables';

const TYPES = {
  entity_id: 'bigint',
  scorecard_id: 'bigint',
  definition_id: 'bigint',
  layout_id: 'bigint',
  placement_id: 'bigint',
  results: 'text',
  level: 'bigint',
  points: 'bigint',
  confidence: 'bigint',
  cause: 'text',
  detail: 'text',
  holds: 'text',
  previous: 'bigint',
  seq: 'bigint',
} as const;

/** The row that orders everything that is written of results. */
export interface ResultHeadRow {
  seq: Big;
  recorded_at: Big;
  engine: number | null;
}

/**
 * Writes what an evaluation has changed.
 *
 * @param tx - in which the lease has been settled
 * @param now - system time; intervals never begin before the last recorded instant, even when the clock went back
 * @returns the head as this left it; undefined when no result has changed
 */
export async function writeDifferences(
  tx: Knex.Transaction,
  differences: Differences,
  now: Date,
): Promise<{ seq: number } | undefined> {
  const { due, notDue, results } = differences;
  await writeDue(tx, due, notDue);
  if (results.entity_id.length === 0) return undefined;

  // Last, because everybody who writes results waits for it.
  const count = results.entity_id.length;
  const head = await moveHead(tx, count, now);
  await writeResults(tx, results, { seq: head.seq - count, at: head.at });
  return head;
}

/** Takes the lock of all who write results, until the transaction ends, and places in the feed. */
async function moveHead(
  tx: Knex.Transaction,
  places: number,
  now: Date,
): Promise<{ seq: number; at: number }> {
  const at = now.getTime();
  const [head]: Pick<ResultHeadRow, 'seq' | 'recorded_at'>[] = await tx(
    RESULT_HEAD,
  )
    .where({ id: 1 })
    .update({
      seq: tx.raw('seq + ?', [places]),
      recorded_at: tx.raw(
        'case when recorded_at > ? then recorded_at else ? end',
        [at, at],
      ),
    })
    .returning(['seq', 'recorded_at']);
  return { seq: Number(head.seq), at: Number(head.recorded_at) };
}

async function writeDue(
  tx: Knex.Transaction,
  due: Differences['due'],
  notDue: readonly number[],
): Promise<void> {
  if (due.entity_id.length > 0) {
    const list = columnList(
      tx,
      { entity_id: 'bigint', at: 'bigint', cause: 'text' },
      due,
    );
    await tx.raw(
      `insert into ${DUE} (entity_id, at, cause)
       select v.entity_id, v.at, v.cause from ? where true
       on conflict (entity_id) do update set at = excluded.at, cause = excluded.cause`,
      [list],
    );
  }
  if (notDue.length > 0) {
    await tx(DUE).where(isAmong(tx, 'entity_id', notDue)).delete();
  }
}

async function writeResults(
  tx: Knex.Transaction,
  results: ResultColumns,
  { seq, at }: { seq: number; at: number },
): Promise<void> {
  const ended = results.previous.filter(previous => previous !== null);
  if (ended.length > 0) {
    await tx(RESULTS)
      .whereRaw('seq in (?)', [numbers(tx, ended)])
      .update({ valid_to: at });
  }
  const columns = {
    ...results,
    seq: results.entity_id.map((_, index) => seq + index + 1),
  };
  const names = Object.keys(TYPES)
    .map(name => `"${name}"`)
    .join(', ');
  // What says that nothing applies any more is an instant and no interval: no read of a time finds it.
  await tx.raw(
    `insert into ${RESULTS} (${names}, valid_from, valid_to)
     select ${names}, cast(? as bigint), case when results is null then cast(? as bigint) end from ?`,
    [at, at, columnList(tx, TYPES, columns)] as Knex.RawBinding[],
  );
}
