import { Knex } from 'knex';
import { isAmong, isPostgres } from '../database/lists';
import { Cause } from './cause';
import { DIRTY } from './dirty';
import type { Leased } from './evaluation/batch';

const PAUSE_MILLIS = 60_000;
/** In pauses. */
const LONGEST_PAUSE = 60;
const MOST_DOUBLINGS = 6;

/** Who evaluates some entities, and until when others keep away from them. */
export interface Lease {
  /** Random, so that nobody takes it for their own. */
  token: string;
  until: Date;
}

/**
 * Takes dirty entities for oneself: first those that somebody waits for, the oldest marks first. What another one has
 * leased is passed over, unless that lease has run out.
 */
export async function takeLease(
  knex: Knex,
  lease: Lease,
  now: Date,
  limit: number,
): Promise<Leased[]> {
  const free = knex(DIRTY)
    .where(query =>
      query
        .whereNull('lease_until')
        .orWhere('lease_until', '<=', now.getTime()),
    )
    .orderBy(['priority', 'marked_at', 'entity_id'])
    .limit(limit)
    .select('entity_id');
  const dirty = knex(DIRTY);
  if (isPostgres(knex)) {
    // As an array it is asked once: a subquery that takes locks must not run once per row, as the planner may choose.
    dirty.whereRaw('entity_id = any(array(?))', [
      free.forUpdate().skipLocked(),
    ]);
  } else {
    dirty.whereIn('entity_id', free);
  }
  const rows: {
    entity_id: number;
    generation: number;
    cause: Cause;
    detail: string | null;
  }[] = await dirty
    .update({ lease_token: lease.token, lease_until: lease.until.getTime() })
    .returning(['entity_id', 'generation', 'cause', 'detail']);
  return rows.map(({ entity_id: entityId, ...rest }) => ({
    entityId,
    ...rest,
  }));
}

const held = (knex: Knex, token: string, entityIds: readonly number[]) =>
  knex(DIRTY)
    .where({ lease_token: token })
    .where(isAmong(knex, 'entity_id', entityIds));

/** Gives back what one has leased and not evaluated, so that nobody waits until the lease runs out. */
export async function releaseLease(
  knex: Knex,
  token: string,
  entityIds: readonly number[],
): Promise<void> {
  await held(knex, token, entityIds).update({
    lease_token: null,
    lease_until: null,
  });
}

/**
 * Keeps the marks of entities that could not be evaluated, so that everybody sees that their results may be old, and has
 * others keep away from them for a while: a minute, twice as long after each failure, an hour at most. A new mark ends it.
 */
export async function postponeLease(
  tx: Knex.Transaction,
  token: string,
  entityIds: readonly number[],
  now: Date,
): Promise<void> {
  if (entityIds.length === 0) return;
  const marks = held(tx, token, entityIds);
  // As when they are settled, nobody is waited for.
  const query = isPostgres(tx)
    ? tx(DIRTY).whereRaw('entity_id = any(array(?))', [
        marks.select('entity_id').forUpdate().skipLocked(),
      ])
    : marks;
  await query.update({
    lease_token: null,
    lease_until: tx.raw(
      `cast(? as bigint) + cast(? as bigint) * case when failures < ${MOST_DOUBLINGS} then 1 << failures else ${LONGEST_PAUSE} end`,
      [now.getTime(), PAUSE_MILLIS],
    ),
    failures: tx.raw('failures + 1'),
  });
}

/**
 * Takes the marks away that one still holds, because their entities have been evaluated.
 *
 * @remarks
 * A mark that somebody is about to renew is passed over and not waited for: who evaluates never waits for who marks, so
 * neither can block the other for ever.
 *
 * @param entityIds - those that have been evaluated
 * @returns those of them whose evaluation counts; the others have been marked again
 */
export async function settleLease(
  tx: Knex.Transaction,
  token: string,
  entityIds: readonly number[],
): Promise<Set<number>> {
  const marks = held(tx, token, entityIds).select('entity_id');
  let rows: { entity_id: number }[];
  if (isPostgres(tx)) {
    rows = await tx(DIRTY)
      .whereRaw('entity_id = any(array(?))', [marks.forUpdate().skipLocked()])
      .delete()
      .returning('entity_id');
  } else {
    // In two steps, as SQLite does not tell what it deletes; nobody else writes meanwhile.
    rows = await marks;
    await held(tx, token, entityIds).delete();
  }
  return new Set(rows.map(({ entity_id }) => entity_id));
}
