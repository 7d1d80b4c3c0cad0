import { SourceRepository } from '@waymark/waymark-common';
import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import {
  ENTITIES,
  EntityRow,
  INTERVALS,
  IntervalRow,
  sourceOf,
} from './tables';

const CHUNK = 500;

/** An entity as it was described last. */
export interface Described {
  entityId: number;
  uid: string;
  source?: SourceRepository;
  content: IntervalRow;
}

/** What there is, and was, under a ref. */
export interface Known {
  living?: Described;
  /** Deleted last. */
  last?: Described;
}

/** The living and the last deleted entity under each ref. */
export async function readKnown(
  tx: Knex.Transaction,
  refs: string[],
): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  for (const some of chunks(refs, CHUNK)) {
    // In this order the deleted last comes last, and where several were at one instant, the youngest.
    const entities: EntityRow[] = await tx(ENTITIES)
      .whereIn('ref', some)
      .orderBy(['deleted_at', 'id']);
    const relevant = new Map<
      string,
      { living?: EntityRow; last?: EntityRow }
    >();
    for (const row of entities) {
      const entry = relevant.get(row.ref) ?? {};
      entry[row.deleted_at === null ? 'living' : 'last'] = row;
      relevant.set(row.ref, entry);
    }
    const contents = await latestIntervals(
      tx,
      [...relevant.values()].flatMap(({ living, last }) =>
        [living, last].flatMap(row => row?.id ?? []),
      ),
    );
    const describe = (row: EntityRow | undefined): Described | undefined => {
      const content = row && contents.get(row.id);
      return (
        content && {
          entityId: row.id,
          uid: row.uid,
          source: sourceOf(content),
          content,
        }
      );
    };
    for (const [ref, { living, last }] of relevant) {
      known.set(ref, { living: describe(living), last: describe(last) });
    }
  }
  return known;
}

async function latestIntervals(
  tx: Knex.Transaction,
  entityIds: number[],
): Promise<Map<number, IntervalRow>> {
  const latest = new Map<number, IntervalRow>();
  for (const some of chunks(entityIds, CHUNK)) {
    const rows: IntervalRow[] = await tx(INTERVALS).whereIn(
      'id',
      tx(INTERVALS).whereIn('entity_id', some).groupBy('entity_id').max('id'),
    );
    rows.forEach(row => latest.set(row.entity_id, row));
  }
  return latest;
}
