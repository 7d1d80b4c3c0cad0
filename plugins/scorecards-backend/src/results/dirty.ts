import { Knex } from 'knex';
import { numbers } from '../database/lists';
import { Cause, CAUSES } from './cause';
import { announceMarks } from './dirtySignal';

export const DIRTY = 'dirty';

/** Which entities are to be evaluated anew, and why. */
export interface DirtyMark {
  /** Numbers of the entities; `all` is every living one. */
  entityIds: readonly number[] | 'all';
  cause: Cause;
  /** What exactly, such as the id of the fact source or the name of the scorecard. */
  detail?: string;
  /** Whether nobody waits for just these, so that others go first; always so for `all`. */
  isBulk?: boolean;
}

const rank = (column: string) =>
  `case ${column} ${CAUSES.map(
    (cause, index) => `when '${cause}' then ${index}`,
  ).join(' ')} end`;
const IS_MORE_TELLING = `${rank('excluded.cause')} <= ${rank(
  `${DIRTY}.cause`,
)}`;
// A lease ends with the mark: what its holder has read may be older than the reason for the mark.
const ON_CONFLICT = `on conflict (entity_id) do update set
  generation = ${DIRTY}.generation + 1,
  priority = case when excluded.priority < ${DIRTY}.priority then excluded.priority else ${DIRTY}.priority end,
  cause = case when ${IS_MORE_TELLING} then excluded.cause else ${DIRTY}.cause end,
  detail = case when ${IS_MORE_TELLING} then excluded.detail else ${DIRTY}.detail end,
  failures = 0,
  lease_token = null,
  lease_until = null`;

/**
 * Marks entities to be evaluated anew. The one way in: whatever a result depends on is written in the same transaction.
 *
 * @param tx - in which the reason is written
 */
export async function markDirty(
  tx: Knex.Transaction,
  mark: DirtyMark,
  at: Date,
): Promise<void> {
  const { entityIds, cause, detail = null, isBulk = false } = mark;
  if (entityIds !== 'all' && entityIds.length === 0) return;
  // Everybody locks rows in the same order, so that two never wait for each other.
  const [entities, priority] =
    entityIds === 'all'
      ? [tx('entities').whereNull('deleted_at').select({ value: 'id' }), 1]
      : [
          numbers(
            tx,
            [...new Set(entityIds)].sort((a, b) => a - b),
          ),
          isBulk ? 1 : 0,
        ];
  await tx.raw(
    `insert into ${DIRTY} (entity_id, generation, priority, cause, detail, marked_at)
     select marked.value, 1, cast(? as integer), cast(? as text), cast(? as text), cast(? as bigint)
     from (?) as marked where true order by marked.value
     ${ON_CONFLICT}`,
    [priority, cause, detail, at.getTime(), entities] as Knex.RawBinding[],
  );
  announceMarks(tx);
}
