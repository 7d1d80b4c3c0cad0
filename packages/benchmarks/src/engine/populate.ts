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

/** What the stores are filled with. */
export interface Population {
  /** In portions of a size that one transaction takes well. */
  portions(): Iterable<readonly Populated[]>;
  /** As entities of the catalog. */
  readonly definitions: readonly object[];
}

/** The workload of the benchmark, made as it is needed: there is too much of it to be kept. */
export function generated(size: Size): Population {
  return {
    *portions() {
      for (let number = 0; number * PORTION < size.entities; number += 1) {
        yield portionOf(number);
      }
    },
    definitions: [...FACT_SOURCE_ENTITIES, ...scorecardEntities(size)],
  };
}

/** Writes what all collectors say of all entities at an instant; all that is told is what was new. */
export async function observeAll(
  { knex, clock, entities }: OpenEngine,
  population: Population,
): Promise<number> {
  const store = FactStore.of(knex);
  const now = clock.now();
  let changed = 0;
  for (const portion of population.portions()) {
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
export async function populate(
  open: OpenEngine,
  population: Population,
): Promise<void> {
  const { knex, clock, entities } = open;
  // First, when there is nobody to be evaluated for it.
  await open.adopt(population.definitions);
  let cursor = 0;
  for (const portion of population.portions()) {
    const snapshots = portion.map(({ snapshot }) => snapshot);
    const from = cursor;
    const to = cursor + snapshots.length;
    await knex.transaction(async tx => {
      await entities.apply(tx, { snapshots, deleted: [] }, clock.now());
      await entities.advance(tx, { from, to });
    });
    cursor = to;
  }
  // All of them are as the catalog has them, which the follower would first find out.
  await knex.transaction(tx =>
    entities.advance(tx, {
      ...{ from: cursor, to: cursor },
      compared: { from: 0, to: null },
    }),
  );
  await observeAll(open, population);
}
