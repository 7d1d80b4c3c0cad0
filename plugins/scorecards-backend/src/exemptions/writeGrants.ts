import { Knex } from 'knex';
import { INTERVALS } from '../entities/tables';
import { markDirty } from '../results/dirty';
import { Exemption, Subject } from './core/Exemption';
import { GRANTS } from './tables';

const CHUNK = 100;

/** What an exemption grants, by position of the subject: until when. */
function grantedBy(exemption: Exemption | undefined): Map<number, number> {
  return new Map(
    exemption?.subjects.flatMap(({ state }, position) =>
      state === 'approved' ? [[position, exemption.expiresAt] as const] : [],
    ),
  );
}

/** Writes what an exemption grants now, and has evaluated anew what that concerns. */
export async function writeGrants(
  tx: Knex.Transaction,
  number: number,
  before: Exemption | undefined,
  after: Exemption,
  now: Date,
): Promise<void> {
  const [had, has] = [grantedBy(before), grantedBy(after)];
  const ended = [...had].flatMap(([position, until]) =>
    has.get(position) === until ? [] : [position],
  );
  const begun = [...has].flatMap(([position, until]) =>
    had.get(position) === until ? [] : [position],
  );
  if (ended.length > 0) {
    await tx(GRANTS)
      .where({ exemption: number })
      .whereIn('position', ended)
      .whereNull('valid_to')
      .update({
        // Not before it began, even when the clock went back.
        valid_to: tx.raw(
          'case when valid_from > ? then valid_from else ? end',
          [now.getTime(), now.getTime()],
        ),
      });
  }
  await tx.batchInsert(
    GRANTS,
    begun.map(position => ({
      exemption: number,
      position,
      scorecard: after.scorecard,
      check_id: after.check,
      ...subjectColumns(after, after.subjects[position]),
      expires_at: after.expiresAt,
      valid_from: now.getTime(),
    })),
    CHUNK,
  );
  const concerned = [...new Set([...ended, ...begun])].map(
    position => after.subjects[position],
  );
  await markDirty(
    tx,
    {
      entityIds: await entitiesOf(tx, after, concerned),
      cause: 'exemption',
      detail: `${after.scorecard}/${after.check}`,
    },
    now,
  );
}

function subjectColumns({ kind }: Exemption, { entityId, ref }: Subject) {
  return {
    entity_id: kind === 'entities' ? entityId : null,
    system: kind === 'system' ? ref : null,
    domain: kind === 'domain' ? ref : null,
  };
}

async function entitiesOf(
  tx: Knex.Transaction,
  { kind }: Exemption,
  subjects: readonly Subject[],
): Promise<number[]> {
  if (kind === 'entities') return subjects.map(({ entityId }) => entityId);
  return tx(INTERVALS)
    .whereNull('valid_to')
    .whereIn(
      kind,
      subjects.map(({ ref }) => ref),
    )
    .pluck('entity_id');
}
