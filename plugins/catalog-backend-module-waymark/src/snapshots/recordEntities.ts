import { Entity } from '@backstage/catalog-model';
import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { KnownRepositoryIds } from '../repositories/RepositoryIds';
import { describeEntity, DescribedEntity } from './describeEntity';
import { EntityGraph } from './EntityGraph';
import { identifies, withKnownIdentity } from './identity';
import {
  INTERVAL_COLUMNS,
  IntervalRow,
  OWNERS,
  rederive,
  SnapshotContent,
  SnapshotRow,
  SNAPSHOTS,
  toContent,
} from './tables';
import {
  lastSequence,
  lockHead,
  Transition,
  writeIntervals,
} from './writeIntervals';

const CHUNK = 500;

/** What was seen of the catalog. */
export interface Observation {
  /** Entities as the catalog gives them now, each uid once. */
  upserts?: Entity[];
  /** Uids of entities that are known to be gone. */
  removals?: string[];
  /** Ids of the repositories that the entities come from, as far as they are known. */
  repositoryIds?: KnownRepositoryIds;
}

/** What an observation changed. */
export interface Recorded {
  /** Last sequence of the feed. */
  sequence: number;
  /** Refs that got a new interval, or ended. */
  changed: Set<string>;
}

/**
 * Turns an observation into intervals: only what differs is written. Owner path and domain of other entities follow in the
 * same transaction when the observation moves a group or a system.
 *
 * @param now - system time; intervals never begin before the last recorded instant, even when the clock went back
 */
export async function recordEntities(
  database: Knex,
  observation: Observation,
  now: Date,
): Promise<Recorded> {
  const upserts = (observation.upserts ?? []).map(entity => {
    const described = describeEntity(entity);
    const { source } = described;
    const repositoryId = source && observation.repositoryIds?.of(source);
    return { ...described, repositoryId };
  });
  const removals = observation.removals ?? [];

  // Without the lock first: most of what a reconciling pass looks at has not changed, and must cost no write.
  const preview = await plan(database, upserts, removals);
  if (preview.transitions.length === 0) {
    return { sequence: await lastSequence(database), changed: new Set() };
  }
  return database.transaction(async tx => {
    const head = await lockHead(tx);
    const { transitions, graph, handled } = await plan(tx, upserts, removals);
    // Read before anything is written, so that what is written now is not taken for a dependent.
    const dependents = await dependentSequences(tx, graph);
    const at = Math.max(now.getTime(), head.recordedAt);
    const changed = new Set<string>();
    let { sequence } = head;
    const write = async (some: Transition[]) => {
      if (some.length > 0) {
        sequence = await writeIntervals(tx, sequence, some, at);
      }
      some.forEach(transition => changed.add(refOf(transition)));
    };

    await write(transitions);
    for (const some of chunks(dependents, CHUNK)) {
      const rows: SnapshotRow[] = await tx(SNAPSHOTS)
        .whereIn('sequence', some)
        .orderBy('sequence');
      await graph.extend(
        tx,
        rows.flatMap(row => row.system_ref ?? []),
      );
      const following: Transition[] = [];
      for (const row of rows.filter(({ uid }) => !handled.has(uid))) {
        const after = rederive(row, {
          ownerPath: graph.ownerPath(row.owner_ref ?? undefined),
          domain: graph.domainOf({
            kind: row.kind,
            ref: row.ref,
            system: row.system_ref ?? undefined,
          }),
        });
        addTransition(following, row, after);
      }
      await write(following);
    }
    return { sequence, changed };
  });
}

/** What follows for the observed entities themselves. */
async function plan(
  db: Knex,
  upserts: DescribedEntity[],
  removals: string[],
): Promise<{
  transitions: Transition[];
  graph: EntityGraph;
  handled: ReadonlySet<string>;
}> {
  const living = await livingRows(db, upserts, removals);
  const removed = removedRows(living, upserts, removals);
  const graph = await EntityGraph.load(db, {
    upserts,
    removedRefs: removed.map(({ ref }) => ref),
  });
  const transitions: Transition[] = removed.map(before => ({
    type: 'deleted',
    before,
  }));
  const livingByUid = new Map(living.map(row => [row.uid, row]));
  for (const described of upserts) {
    const before = livingByUid.get(described.uid);
    const after = toContent(described, {
      ownerPath: graph.ownerPath(described.owner),
      domain: graph.domainOf(described),
    });
    addTransition(transitions, before, withKnownIdentity(before, after));
  }
  const handled = new Set([...living, ...upserts].map(({ uid }) => uid));
  return { transitions, graph, handled };
}

function refOf(transition: Transition): string {
  return transition.type === 'deleted'
    ? transition.before.ref
    : transition.after.ref;
}

function addTransition(
  transitions: Transition[],
  before: IntervalRow | undefined,
  after: SnapshotContent,
): void {
  if (!before) {
    transitions.push({ type: 'created', after });
  } else if (before.hash !== after.hash) {
    transitions.push({ type: 'updated', before, after });
  } else if (before.source_repository_id !== after.source_repository_id) {
    transitions.push({
      type: identifies(before, after) ? 'identified' : 'updated',
      before,
      after,
    });
  }
}

async function livingRows(
  db: Knex,
  upserts: DescribedEntity[],
  removals: string[],
): Promise<IntervalRow[]> {
  const rows = new Map<string, IntervalRow>();
  const collect = async (column: 'uid' | 'ref', values: string[]) => {
    for (const some of chunks(values, CHUNK)) {
      const found: IntervalRow[] = await db(SNAPSHOTS)
        .whereNull('valid_to')
        .whereIn(column, some)
        .select(INTERVAL_COLUMNS);
      found.forEach(row => rows.set(row.uid, row));
    }
  };
  await collect('uid', [...removals, ...upserts.map(({ uid }) => uid)]);
  await collect(
    'ref',
    upserts.map(({ ref }) => ref),
  );
  return [...rows.values()];
}

// Gone are those reported gone, and those whose ref now belongs to another uid: the catalog has one entity per ref.
function removedRows(
  living: IntervalRow[],
  upserts: DescribedEntity[],
  removals: string[],
): IntervalRow[] {
  const gone = new Set(removals);
  const present = new Set(upserts.map(({ uid }) => uid));
  return living.filter(row => gone.has(row.uid) || !present.has(row.uid));
}

async function dependentSequences(
  tx: Knex.Transaction,
  graph: EntityGraph,
): Promise<SnapshotRow['sequence'][]> {
  const sequences = new Set<SnapshotRow['sequence']>();
  for (const groups of chunks(graph.changedGroups, CHUNK)) {
    const rows = await tx(`${SNAPSHOTS} as s`)
      .join(`${OWNERS} as o`, 'o.sequence', 's.sequence')
      .whereNull('s.valid_to')
      .whereIn('o.group_ref', groups)
      .distinct('s.sequence');
    rows.forEach(row => sequences.add(row.sequence));
  }
  for (const systems of chunks(graph.changedSystems, CHUNK)) {
    const rows = await tx(SNAPSHOTS)
      .whereNull('valid_to')
      .whereIn('system_ref', systems)
      .select('sequence');
    rows.forEach(row => sequences.add(row.sequence));
  }
  return [...sequences];
}
