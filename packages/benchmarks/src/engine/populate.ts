import {
  FactStore,
  type Observation,
} from '@waymark/scorecards-backend/engine';
import type { OpenEngine } from './openEngine';
import {
  COLLECTOR,
  FACT_SOURCE_ENTITIES,
  Populated,
  PORTION,
  portionOf,
  scorecardEntities,
  Size,
} from './population';

/** What is known of some entities, by their numbers. */
function observationsOf(
  portion: readonly Populated[],
  idOf: (ref: string) => number,
  observedAt: Date,
): Observation[] {
  return portion.flatMap(({ snapshot: { ref }, facts }) =>
    Object.entries(facts).map(
      ([source, payload]) =>
        ({
          entityId: idOf(ref),
          source,
          payload,
          observedAt,
          provenance: { collector: COLLECTOR },
        } as Observation),
    ),
  );
}

/** Writes what all collectors say of all entities at an instant; all that is told is what was new. */
export async function observeAll(
  { knex, clock, entities }: OpenEngine,
  size: Size,
): Promise<number> {
  const store = FactStore.of(knex);
  const now = clock.now();
  let changed = 0;
  for (let number = 0; number * PORTION < size.entities; number += 1) {
    const portion = portionOf(number);
    const known = await entities.byRefs(
      portion.map(({ snapshot }) => snapshot.ref),
    );
    const ids = new Map(known.map(({ id, ref }) => [ref, id]));
    const written = await knex.transaction(tx =>
      store.write(
        tx,
        observationsOf(portion, ref => ids.get(ref)!, now),
        now,
      ),
    );
    changed += written.filter(({ outcome }) => outcome === 'changed').length;
  }
  return changed;
}

/** Fills an empty database: entities, facts and definitions, but no result. */
export async function populate(engine: OpenEngine, size: Size): Promise<void> {
  const { knex, clock, entities } = engine;
  // First, when there is nobody to be evaluated for it.
  await engine.adopt([...FACT_SOURCE_ENTITIES, ...scorecardEntities(size)]);
  for (let number = 0; number * PORTION < size.entities; number += 1) {
    const snapshots = portionOf(number).map(({ snapshot }) => snapshot);
    await knex.transaction(tx =>
      entities.apply(tx, { snapshots, deleted: [] }, clock.now()),
    );
  }
  await observeAll(engine, size);
}
