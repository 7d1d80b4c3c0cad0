import { continuesSnapshot } from '@waymark/waymark-common';
import { Knex } from 'knex';
import { INTERVAL_COLUMNS, IntervalRow, SNAPSHOTS, sourceOf } from './tables';

type Identity = Pick<
  IntervalRow,
  | 'uid'
  | 'source_host'
  | 'source_owner'
  | 'source_repository'
  | 'source_repository_id'
>;

/** Whether two contents come from a repository of the same name; those without a repository only match each other. */
export function sameName(a: Identity, b: Identity): boolean {
  return (
    a.source_host === b.source_host &&
    a.source_owner === b.source_owner &&
    a.source_repository === b.source_repository
  );
}

const identityOf = ({ uid, ...row }: Identity) => ({
  uid,
  source: sourceOf({ ...row, source_path: null }),
});

/** Whether an interval takes over from the one before it under its ref. */
export function continues(
  before: Identity | undefined,
  after: Identity,
): boolean {
  return (
    before !== undefined &&
    continuesSnapshot(identityOf(before), identityOf(after))
  );
}

/** Whether `after` says which repository it was that `before` came from. */
export function identifies(before: Identity, after: Identity): boolean {
  return (
    before.source_repository_id === null &&
    after.source_repository_id !== null &&
    before.uid === after.uid &&
    sameName(before, after)
  );
}

/** The id of an observation; one that could not be asked for now is that of the interval which it goes on. */
export function withKnownIdentity<T extends Identity>(
  before: Identity | undefined,
  after: T,
): T {
  return before &&
    after.source_repository_id === null &&
    before.uid === after.uid &&
    sameName(before, after)
    ? { ...after, source_repository_id: before.source_repository_id }
    : after;
}

/**
 * Writes the id into the living interval and those before it that were waiting for it, and decides whether the first of
 * them takes over from what was there before.
 */
export async function writeIdentity(
  tx: Knex.Transaction,
  living: IntervalRow,
  id: string,
): Promise<void> {
  const history: IntervalRow[] = await tx(SNAPSHOTS)
    .where('ref', living.ref)
    .where('sequence', '<=', living.sequence)
    .orderBy('sequence', 'desc')
    .select(INTERVAL_COLUMNS);
  const named = { ...living, source_repository_id: id };
  const end = history.findIndex(row => !identifies(row, named));
  const waiting = end === -1 ? history : history.slice(0, end);
  const first = waiting[waiting.length - 1];
  await tx(SNAPSHOTS)
    .whereIn(
      'sequence',
      waiting.map(({ sequence }) => sequence),
    )
    .update({ source_repository_id: id });
  await tx(SNAPSHOTS)
    .where({ sequence: first.sequence })
    .update({ inherits: continues(history[waiting.length], named) });
}
