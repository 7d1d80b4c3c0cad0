import { Knex } from 'knex';
import { Cause } from '../results/cause';
import { markDirty } from '../results/dirty';
import { EntityChange } from './applySnapshots';

/**
 * Has the entities evaluated that have changed.
 *
 * @param tx - in which they have
 * @param options.isBulk - whether others go first
 */
export async function markChanges(
  tx: Knex.Transaction,
  changes: EntityChange[],
  { now, isBulk }: { now: Date; isBulk: boolean },
): Promise<void> {
  for (const [cause, entityIds] of byCause(changes)) {
    await markDirty(tx, { entityIds, cause, isBulk }, now);
  }
}

function byCause(changes: EntityChange[]): Map<Cause, number[]> {
  const entities = new Map<Cause, number[]>();
  for (const change of changes) {
    const cause = causeOf(change);
    entities.set(cause, [...(entities.get(cause) ?? []), change.entityId]);
  }
  return entities;
}

// A deleted entity is marked too: its results end.
function causeOf({ change, scopeChanged }: EntityChange): Cause {
  if (change === 'created') {
    return 'new';
  }
  return change === 'updated' && scopeChanged ? 'scope' : 'entity';
}
