import { continuesSnapshot, EntitySnapshot } from '@waymark/waymark-common';
import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { lockRow } from '../database/intervals';
import { numberPlacements } from './placements';
import { Described, Known, readKnown } from './readKnown';
import {
  ContentColumns,
  contentOf,
  ENTITIES,
  HEAD,
  HeadRow,
  INTERVALS,
  OWNERS,
  SCOPE_COLUMNS,
} from './tables';

const CHUNK = 500;

/** What was seen of the catalog. */
export interface SeenSnapshots {
  /** As the catalog describes the entities now. */
  snapshots: EntitySnapshot[];
  /** Refs under which the catalog has nothing now. */
  deleted: string[];
}

/** What has become of an entity. */
export interface EntityChange {
  entityId: number;
  /** One that comes back under its number is `created` again. */
  change: 'created' | 'updated' | 'deleted';
  /** Whether anything has changed by which roll-ups group: owner path, system, domain, type, kind. */
  scopeChanged: boolean;
}

/** An interval that begins. */
interface Beginning {
  /** Undefined for an entity that is new. */
  entityId?: number;
  snapshot: EntitySnapshot;
  content: ContentColumns;
}

/** What has to be written, gathered first so that each kind of write is a few statements only. */
class Plan {
  readonly changes: EntityChange[] = [];
  /** Entities whose living interval ends. */
  readonly ended: number[] = [];
  readonly deleted: number[] = [];
  /** Entities whose uid changes, or that come back. */
  readonly renewed: { entityId: number; uid: string }[] = [];
  readonly beginnings: Beginning[] = [];

  see(snapshot: EntitySnapshot, known: Known): void {
    const { living, last } = known;
    const continues = (one: Described) => continuesSnapshot(one, snapshot);
    // Its repository was not known when it came, so that it got a number of its own; now it is seen to be the former one.
    const isFormer =
      living !== undefined &&
      last !== undefined &&
      continues(living) &&
      continues(last) &&
      !continuesSnapshot(last, living);
    if (living && continues(living) && !isFormer) {
      this.#update(living, snapshot);
      return;
    }
    if (living) {
      this.end(living);
    }
    const former = living && !isFormer ? undefined : last;
    const content = contentOf(snapshot);
    if (!former || !continues(former)) {
      this.beginnings.push({ snapshot, content });
      return;
    }
    const { entityId } = former;
    this.renewed.push({ entityId, uid: snapshot.uid });
    this.beginnings.push({ entityId, snapshot, content });
    this.changes.push({ entityId, change: 'created', scopeChanged: true });
  }

  end({ entityId }: { entityId: number }): void {
    this.ended.push(entityId);
    this.deleted.push(entityId);
    this.changes.push({ entityId, change: 'deleted', scopeChanged: true });
  }

  #update(living: Described, snapshot: EntitySnapshot): void {
    const { entityId, content: before } = living;
    const content = contentOf(snapshot);
    const differs = (column: keyof ContentColumns) =>
      before[column] !== content[column];
    if (!(Object.keys(content) as (keyof ContentColumns)[]).some(differs)) {
      return;
    }
    if (living.uid !== snapshot.uid) {
      this.renewed.push({ entityId, uid: snapshot.uid });
    }
    this.ended.push(entityId);
    this.beginnings.push({ entityId, snapshot, content });
    this.changes.push({
      entityId,
      change: 'updated',
      scopeChanged: SCOPE_COLUMNS.some(differs),
    });
  }
}

/**
 * Turns what was seen into intervals: only what differs is written.
 *
 * @param now - system time; intervals never begin before the last recorded instant, even when the clock went back
 */
export async function applySnapshots(
  tx: Knex.Transaction,
  seen: SeenSnapshots,
  now: Date,
): Promise<EntityChange[]> {
  const head = await lockRow<HeadRow>(tx, HEAD);
  const at = Math.max(now.getTime(), Number(head.recorded_at));
  const snapshots = new Map(seen.snapshots.map(one => [one.ref, one]));
  const deleted = new Set(seen.deleted.filter(ref => !snapshots.has(ref)));
  const known = await readKnown(tx, [...snapshots.keys(), ...deleted]);

  const plan = new Plan();
  for (const [ref, snapshot] of snapshots) {
    plan.see(snapshot, known.get(ref) ?? {});
  }
  for (const ref of deleted) {
    const living = known.get(ref)?.living;
    if (living) {
      plan.end(living);
    }
  }
  if (plan.ended.length + plan.beginnings.length === 0) {
    return [];
  }
  await endIntervals(tx, plan, at);
  await beginIntervals(tx, plan, at);
  await tx(HEAD).where({ id: 1 }).update({ recorded_at: at });
  return plan.changes;
}

// All ends before all beginnings: a ref may pass from one entity to another in the same step.
async function endIntervals(
  tx: Knex.Transaction,
  plan: Plan,
  at: number,
): Promise<void> {
  for (const ids of chunks(plan.ended, CHUNK)) {
    await tx(INTERVALS)
      .whereIn('entity_id', ids)
      .whereNull('valid_to')
      .update({ valid_to: at });
    await tx(OWNERS).whereIn('entity_id', ids).delete();
  }
  for (const ids of chunks(plan.deleted, CHUNK)) {
    await tx(ENTITIES).whereIn('id', ids).update({ deleted_at: at });
  }
  for (const { entityId, uid } of plan.renewed) {
    await tx(ENTITIES)
      .where({ id: entityId })
      .update({ uid, deleted_at: null });
  }
}

async function beginIntervals(
  tx: Knex.Transaction,
  plan: Plan,
  at: number,
): Promise<void> {
  const numbers = await createEntities(
    tx,
    plan.beginnings.filter(({ entityId }) => entityId === undefined),
  );
  for (const entityId of numbers.values()) {
    plan.changes.push({ entityId, change: 'created', scopeChanged: true });
  }
  const begun = plan.beginnings.map(beginning => ({
    ...beginning,
    entity_id: beginning.entityId ?? numbers.get(beginning.snapshot.ref)!,
  }));
  const placements = await numberPlacements(
    tx,
    begun.map(({ snapshot }) => snapshot),
  );
  await tx.batchInsert(
    INTERVALS,
    begun.map(({ entity_id, snapshot, content }, index) => ({
      entity_id,
      snapshot_sequence: snapshot.sequence,
      ...content,
      placement_id: placements[index],
      valid_from: at,
      valid_to: null,
    })),
    CHUNK,
  );
  await tx.batchInsert(
    OWNERS,
    begun.flatMap(({ entity_id, snapshot }) =>
      snapshot.ownerPath.map((group_ref, depth) => ({
        entity_id,
        depth,
        group_ref,
      })),
    ),
    CHUNK,
  );
}

/** @returns the numbers of the new entities by their refs */
async function createEntities(
  tx: Knex.Transaction,
  beginnings: Beginning[],
): Promise<Map<string, number>> {
  await tx.batchInsert(
    ENTITIES,
    beginnings.map(({ snapshot: { ref, uid } }) => ({ ref, uid })),
    CHUNK,
  );
  const numbers = new Map<string, number>();
  for (const some of chunks(beginnings, CHUNK)) {
    const rows = await tx(ENTITIES)
      .whereIn(
        'ref',
        some.map(({ snapshot }) => snapshot.ref),
      )
      .whereNull('deleted_at')
      .orderBy('id')
      .select('id', 'ref');
    rows.forEach(({ id, ref }) => numbers.set(ref, id));
  }
  return numbers;
}
