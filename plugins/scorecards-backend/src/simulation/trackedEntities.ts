import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { EntityStore } from '../entities/EntityStore';
import {
  ENTITIES,
  EntityRow,
  INTERVALS,
  IntervalRow,
} from '../entities/tables';
import { EntityReader } from '../reads/ReadableEntities';

const CHUNK = 500;

/** An entity of the catalog, as far as comparisons name it. */
export type Tracked = Pick<EntityRow, 'id' | 'ref'> &
  Pick<IntervalRow, 'type' | 'owner'>;

/** All entities of the catalog, by their numbers. */
export async function trackedEntities(
  knex: Knex,
): Promise<Map<number, Tracked>> {
  const rows: Tracked[] = await knex({ entity: ENTITIES })
    .join({ interval: INTERVALS }, 'interval.entity_id', 'entity.id')
    .whereNull('interval.valid_to')
    .whereNull('entity.deleted_at')
    .select('entity.id', 'entity.ref', 'interval.type', 'interval.owner');
  return new Map(rows.map(row => [row.id, row]));
}

/** Those of some entities that may be read. */
export async function onlyReadable(
  tracked: ReadonlyMap<number, Tracked>,
  entities: EntityStore,
  readable: EntityReader,
): Promise<ReadonlyMap<number, Tracked>> {
  if (readable.all) return tracked;
  const open = new Map<number, Tracked>();
  for (const some of chunks([...tracked.keys()], CHUNK)) {
    const described = await entities.byIds(some);
    const allowed = await readable.only(described, entity => entity);
    allowed.forEach(({ id }) => open.set(id, tracked.get(id)!));
  }
  return open;
}
