import {
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
} from '@backstage/catalog-model';
import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { isAmong } from '../database/lists';
import { ENTITIES, INTERVALS, IntervalRow } from '../entities/tables';
import { DEPENDENCIES } from './tables';

const CHUNK = 500;
/** Only the lower end states these, but what is said of the upper end depends on them. */
const UPWARD = new Set([RELATION_MEMBER_OF, RELATION_CHILD_OF]);

type Relations = { relations?: { type: string; targetRef: string }[] };

/**
 * Refs of whatever is different since some entities have changed: themselves, and the groups that somebody has joined or
 * left.
 *
 * @param since - intervals that ended from then on count as what was before
 */
export async function touchedRefs(
  tx: Knex.Transaction,
  entityIds: readonly number[],
  since: number,
): Promise<string[]> {
  const refs = new Set<string>();
  for (const ids of chunks(entityIds, CHUNK)) {
    const own: string[] = await tx(ENTITIES)
      .whereRaw(isAmong(tx, 'id', ids))
      .pluck('ref');
    own.forEach(ref => refs.add(ref));
    const rows: Pick<IntervalRow, 'entity'>[] = await tx(INTERVALS)
      .whereRaw(isAmong(tx, 'entity_id', ids))
      .whereIn('kind', ['user', 'group'])
      .where(interval =>
        interval.whereNull('valid_to').orWhere('valid_to', '>=', since),
      )
      .select('entity');
    for (const row of rows) {
      const { relations = [] }: Relations = JSON.parse(row.entity);
      relations
        .filter(({ type }) => UPWARD.has(type))
        .forEach(({ targetRef }) => refs.add(targetRef));
    }
  }
  return [...refs];
}

/** The entities of a collector whose facts were made of others, under some refs. */
export async function dependentsOf(
  tx: Knex.Transaction,
  collector: string,
  refs: readonly string[],
): Promise<number[]> {
  const found = new Set<number>();
  for (const some of chunks(refs, CHUNK)) {
    const ids: number[] = await tx(DEPENDENCIES)
      .where({ collector })
      .whereIn('ref', some)
      .distinct()
      .pluck('entity_id');
    ids.forEach(id => found.add(id));
  }
  return [...found];
}

/** Remembers what the facts of an entity were made of, instead of what was remembered. */
export async function writeDependencies(
  tx: Knex.Transaction,
  collector: string,
  dependencies: ReadonlyMap<number, readonly string[]>,
): Promise<void> {
  for (const ids of chunks([...dependencies.keys()], CHUNK)) {
    const rows: { entity_id: number; ref: string }[] = await tx(DEPENDENCIES)
      .where({ collector })
      .whereRaw(isAmong(tx, 'entity_id', ids))
      .select('entity_id', 'ref');
    const known = new Map(ids.map(id => [id, new Set<string>()]));
    rows.forEach(row => known.get(row.entity_id)!.add(row.ref));
    const wanted = new Map(ids.map(id => [id, new Set(dependencies.get(id))]));
    for (const [id, refs] of known) {
      const old = [...refs].filter(ref => !wanted.get(id)!.has(ref));
      for (const some of chunks(old, CHUNK)) {
        await tx(DEPENDENCIES)
          .where({ collector, entity_id: id })
          .whereIn('ref', some)
          .delete();
      }
    }
    await tx.batchInsert(
      DEPENDENCIES,
      [...wanted].flatMap(([entity_id, refs]) =>
        [...refs]
          .filter(ref => !known.get(entity_id)!.has(ref))
          .map(ref => ({ collector, entity_id, ref })),
      ),
      CHUNK,
    );
  }
}
