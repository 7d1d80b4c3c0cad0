import { Knex } from 'knex';
import { isAmong } from '../database/lists';
import { transact } from '../database/transact';
import type { Cause } from './cause';
import { markDirty } from './dirty';
import { DUE } from './tables';

/**
 * Marks the entities whose results may change by themselves by now.
 *
 * @returns how many there were, at most `limit`
 */
export async function markDue(
  knex: Knex,
  now: Date,
  limit: number,
): Promise<number> {
  const rows: { entity_id: number; cause: Cause }[] = await knex(DUE)
    .where('at', '<=', now.getTime())
    .orderBy('at')
    .limit(limit)
    .select('entity_id', 'cause');
  if (rows.length === 0) return 0;
  // Marks before what is due, in the order of those who evaluate, so that neither waits for the other for ever.
  await transact(knex, async tx => {
    for (const cause of new Set(rows.map(row => row.cause))) {
      const entityIds = rows
        .filter(row => row.cause === cause)
        .map(row => row.entity_id);
      await markDirty(tx, { entityIds, cause, isBulk: true }, now);
    }
    await tx(DUE)
      .where(
        isAmong(
          tx,
          'entity_id',
          rows.map(row => row.entity_id),
        ),
      )
      .where('at', '<=', now.getTime())
      .delete();
  });
  return rows.length;
}
