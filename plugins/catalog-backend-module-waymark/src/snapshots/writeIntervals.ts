import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { continues, identifies, writeIdentity } from './identity';
import {
  ChangeRow,
  CHANGES,
  HEAD,
  HeadRow,
  INTERVAL_COLUMNS,
  IntervalRow,
  OWNERS,
  SnapshotContent,
  SnapshotRow,
  SNAPSHOTS,
} from './tables';

const CHUNK = 500;

/** The last position of the feed, held by the one who may write. */
export interface Head {
  sequence: number;
  recordedAt: number;
}

/**
 * Takes the lock that makes writers of all replicas follow each other, so that sequences become visible in order and
 * intervals cannot overlap.
 */
export async function lockHead(tx: Knex.Transaction): Promise<Head> {
  // An update, since SQLite has no SELECT FOR UPDATE; it takes the row lock in PostgreSQL just as well.
  await tx(HEAD).where({ id: 1 }).update({ id: 1 });
  const row = await tx<HeadRow>(HEAD).where({ id: 1 }).first();
  if (!row) {
    throw new Error(`${HEAD} has lost its row`);
  }
  return {
    sequence: Number(row.sequence),
    recordedAt: Number(row.recorded_at),
  };
}

/** Last sequence of the change feed, 0 before the first. */
export async function lastSequence(knex: Knex): Promise<number> {
  const row = await knex<HeadRow>(HEAD).where({ id: 1 }).first();
  return Number(row?.sequence ?? 0);
}

/** One step of history of one entity. */
export type Transition =
  | { type: 'deleted'; before: IntervalRow }
  | { type: 'updated'; before: IntervalRow; after: SnapshotContent }
  /** Nothing new, but for the id of the repository, which was not known so far. */
  | { type: 'identified'; before: IntervalRow; after: SnapshotContent }
  | { type: 'created'; after: SnapshotContent };

/**
 * Ends and begins intervals at one instant, and appends to the change feed.
 *
 * @param previous - the last sequence so far
 * @returns the new last sequence
 */
export async function writeIntervals(
  tx: Knex.Transaction,
  previous: number,
  transitions: readonly Transition[],
  at: number,
): Promise<number> {
  await writeIdentities(tx, transitions);
  const ended = transitions.flatMap(transition =>
    transition.type === 'updated' || transition.type === 'deleted'
      ? [transition.before.sequence]
      : [],
  );
  // All ends before all beginnings: a ref may pass from one entity to another in the same step.
  for (const sequences of chunks(ended, CHUNK)) {
    await tx(SNAPSHOTS).whereIn('sequence', sequences).update({ valid_to: at });
  }
  const created = transitions.flatMap(transition =>
    transition.type === 'created' ? [transition.after] : [],
  );
  const predecessors = await latestByRef(
    tx,
    created.map(({ ref }) => ref),
  );

  let sequence = previous;
  const snapshots: SnapshotRow[] = [];
  const changes: ChangeRow[] = [];
  for (const transition of transitions) {
    sequence += 1;
    const subject =
      transition.type === 'deleted' ? transition.before : transition.after;
    const type = transition.type === 'identified' ? 'updated' : transition.type;
    changes.push({ sequence, type, uid: subject.uid, ref: subject.ref, at });
    if (transition.type === 'created' || transition.type === 'updated') {
      const { after } = transition;
      const inherits =
        transition.type === 'updated'
          ? identifies(transition.before, after) ||
            continues(transition.before, after)
          : continues(predecessors.get(after.ref), after);
      snapshots.push({
        ...after,
        sequence,
        inherits,
        valid_from: at,
        valid_to: null,
      });
    }
  }
  const owners = snapshots.flatMap(row =>
    (JSON.parse(row.owner_path) as string[]).map((group, depth) => ({
      sequence: row.sequence,
      depth,
      group_ref: group,
    })),
  );
  await tx.batchInsert(SNAPSHOTS, snapshots, CHUNK);
  await tx.batchInsert(OWNERS, owners, CHUNK);
  await tx.batchInsert(CHANGES, changes, CHUNK);
  await tx(HEAD).where({ id: 1 }).update({ sequence, recorded_at: at });
  return sequence;
}

async function writeIdentities(
  tx: Knex.Transaction,
  transitions: readonly Transition[],
): Promise<void> {
  for (const transition of transitions) {
    if (transition.type === 'updated' || transition.type === 'identified') {
      const { before, after } = transition;
      if (identifies(before, after)) {
        await writeIdentity(tx, before, after.source_repository_id!);
      }
    }
  }
}

async function latestByRef(
  tx: Knex.Transaction,
  refs: string[],
): Promise<Map<string, IntervalRow>> {
  const latest = new Map<string, IntervalRow>();
  for (const some of chunks(refs, CHUNK)) {
    const rows: IntervalRow[] = await tx(`${SNAPSHOTS} as s`)
      .whereIn('s.ref', some)
      .whereNotExists(
        tx(`${SNAPSHOTS} as later`)
          .select(tx.raw('1'))
          .whereRaw('later.ref = s.ref and later.sequence > s.sequence'),
      )
      .select(INTERVAL_COLUMNS.map(column => `s.${column}`));
    rows.forEach(row => latest.set(row.ref, row));
  }
  return latest;
}
