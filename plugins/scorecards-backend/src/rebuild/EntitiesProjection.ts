import { Knex } from 'knex';
import { lockRow } from '../database/intervals';
import { EntityStore } from '../entities/EntityStore';
import {
  keysOf,
  numberPlacements,
  PLACEMENT_KEYS,
} from '../entities/placements';
import { HEAD, INTERVALS, OWNERS, TrackedEntity } from '../entities/tables';
import { Comparison, Projection, RebuildOptions, rehearse } from './Projection';

type Texts = Map<number, string>;

const idsOf = (page: TrackedEntity[]) => page.map(({ id }) => id);

/** The same for the same keys in any order. */
const textOf = (keys: readonly (readonly [string, string])[]) =>
  keys
    .map(key => JSON.stringify(key))
    .sort()
    .join();

/**
 * The owners by which entities are found, and the placements by which results are rolled up. What the catalog says is not
 * derived here, but asked of it again: whoever follows its feed begins anew.
 */
export class EntitiesProjection implements Projection {
  readonly name = 'entities';
  readonly #knex: Knex;

  static create(options: { knex: Knex }): EntitiesProjection {
    return new EntitiesProjection(options.knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async rebuild({ isRepairing }: RebuildOptions) {
    const comparison = Comparison.create();
    await rehearse(this.#knex, async tx => {
      await lockRow(tx, HEAD);
      const strangers = tx(OWNERS)
        .whereNotIn(
          'entity_id',
          tx(INTERVALS).whereNull('valid_to').select('entity_id'),
        )
        .distinct('entity_id');
      for (const entityId of await strangers.pluck('entity_id')) {
        comparison.differs(`owners of the former entity ${entityId}`);
        await tx(OWNERS).where({ entity_id: entityId }).delete();
      }
      for await (const page of EntityStore.of(tx).living()) {
        comparison.saw(page.length);
        await compareOwners(tx, page, comparison);
        await comparePlacements(tx, page, comparison);
      }
      if (isRepairing) {
        await tx(HEAD).where({ id: 1 }).update({ cursor: 0 });
      }
      return { isKept: isRepairing };
    });
    return comparison.report(this.name);
  }
}

async function compareOwners(
  tx: Knex.Transaction,
  page: TrackedEntity[],
  comparison: Comparison,
): Promise<void> {
  const rows: { entity_id: number; group_ref: string }[] = await tx(OWNERS)
    .whereIn('entity_id', idsOf(page))
    .orderBy(['entity_id', 'depth']);
  const stored = new Map<number, string[]>();
  rows.forEach(({ entity_id, group_ref }) =>
    stored.set(entity_id, [...(stored.get(entity_id) ?? []), group_ref]),
  );
  for (const { id, ref, ownerPath } of page) {
    if (String(stored.get(id) ?? []) === String(ownerPath)) continue;
    comparison.differs(`owners of ${ref}`);
    await tx(OWNERS).where({ entity_id: id }).delete();
    await tx.batchInsert(
      OWNERS,
      ownerPath.map((group_ref, depth) => ({
        entity_id: id,
        depth,
        group_ref,
      })),
    );
  }
}

async function comparePlacements(
  tx: Knex.Transaction,
  page: TrackedEntity[],
  comparison: Comparison,
): Promise<void> {
  const numbers = await numberPlacements(tx, page);
  const stored = await placementsOf(tx, page);
  const keys = await keysByPlacement(tx, [...new Set(numbers)]);
  for (const [index, entity] of page.entries()) {
    const placementId = numbers[index];
    if (stored.get(entity.id) !== placementId) {
      comparison.differs(`placement of ${entity.ref}`);
      await tx(INTERVALS)
        .where({ entity_id: entity.id })
        .whereNull('valid_to')
        .update({ placement_id: placementId });
    }
    const expected = keysOf(entity);
    if (keys.get(placementId) !== textOf(expected)) {
      comparison.differs(`roll-ups of ${entity.ref}`);
      await tx(PLACEMENT_KEYS).where({ placement_id: placementId }).delete();
      await tx.batchInsert(
        PLACEMENT_KEYS,
        expected.map(([dimension, key]) => ({
          placement_id: placementId,
          dimension,
          key,
        })),
      );
      keys.set(placementId, textOf(expected));
    }
  }
}

async function placementsOf(
  tx: Knex.Transaction,
  page: TrackedEntity[],
): Promise<Map<number, number>> {
  const rows: { entity_id: number; placement_id: number }[] = await tx(
    INTERVALS,
  )
    .whereIn('entity_id', idsOf(page))
    .whereNull('valid_to')
    .select('entity_id', 'placement_id');
  return new Map(rows.map(row => [row.entity_id, row.placement_id]));
}

async function keysByPlacement(
  tx: Knex.Transaction,
  placements: number[],
): Promise<Texts> {
  const rows: { placement_id: number; dimension: string; key: string }[] =
    await tx(PLACEMENT_KEYS).whereIn('placement_id', placements);
  const keys = new Map<number, [string, string][]>();
  rows.forEach(({ placement_id, dimension, key }) =>
    keys.set(placement_id, [
      ...(keys.get(placement_id) ?? []),
      [dimension, key],
    ]),
  );
  return new Map([...keys].map(([id, own]) => [id, textOf(own)]));
}
