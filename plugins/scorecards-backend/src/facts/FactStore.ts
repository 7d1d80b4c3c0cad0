import { InputError } from '@backstage/errors';
import canonicalize from 'canonicalize';
import { Knex } from 'knex';
import { confirmFacts } from './confirmFacts';
import { lockHead, moveHead } from './head';
import { sourceIds } from './sourceIds';
import {
  Fact,
  FactRow,
  FACTS,
  LATE,
  Observation,
  provenanceColumns,
  SOURCES,
  toFact,
} from './tables';

/** How far the clocks of those who observe may be ahead of ours. */
const AHEAD_MILLIS = 5 * 60_000;
const CHUNK = 200;

/** What became of an observation. */
export interface Written {
  entityId: number;
  source: string;
  /**
   * `changed`: it says something new. `confirmed`: it says what was known already. `late`: something younger was known,
   * and no result changes.
   */
  outcome: 'changed' | 'confirmed' | 'late';
  /** Of the fact in force now. */
  version: number;
  /** When what was in force before was observed; undefined when there was nothing. */
  previouslyObservedAt?: Date;
}

type Current = Pick<
  FactRow,
  'version' | 'entity_id' | 'source_id' | 'payload' | 'observed_at'
>;

interface Item {
  observation: Observation;
  sourceId: number;
  payload: string;
  current: Current | undefined;
}

/**
 * Facts, as intervals of system time. A payload that has not changed moves only `observedAt`, so that storage grows with
 * changes and not with runs.
 */
export class FactStore {
  readonly #knex: Knex;

  static of(knex: Knex): FactStore {
    return new FactStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Writes observations, all or none of them.
   *
   * @param tx - in it the caller marks what has to be evaluated anew
   * @param now - system time; intervals never begin before the last recorded instant, even when the clock went back
   * @returns what became of each, in the order given
   * @throws InputError naming the item when one is of the future, or two are of the same entity and source
   */
  async write(
    tx: Knex.Transaction,
    observations: Observation[],
    now: Date,
  ): Promise<Written[]> {
    refuseUnusable(observations, now);
    const head = await lockHead(tx, now);
    const { at } = head;
    const ids = await sourceIds(
      tx,
      observations.map(({ source }) => source),
    );
    const items = await withCurrent(tx, observations, ids);

    let { version } = head;
    const changed: { item: Item; version: number }[] = [];
    const confirmed: Item[] = [];
    const late: Item[] = [];
    const written = items.map((item): Written => {
      const { observation, current } = item;
      const { entityId, source } = observation;
      const before = current && Number(current.observed_at);
      const base = {
        entityId,
        source,
        version: Number(current?.version ?? 0),
        previouslyObservedAt:
          before === undefined ? undefined : new Date(before),
      };
      if (before !== undefined && before > observation.observedAt.getTime()) {
        late.push(item);
        return { ...base, outcome: 'late' };
      }
      if (current?.payload === item.payload) {
        confirmed.push(item);
        return { ...base, outcome: 'confirmed' };
      }
      version += 1;
      changed.push({ item, version });
      return { ...base, outcome: 'changed', version };
    });

    await endIntervals(tx, changed, at);
    await tx.batchInsert(
      FACTS,
      changed.map(
        ({ item, version: own }): FactRow => ({
          version: own,
          entity_id: item.observation.entityId,
          source_id: item.sourceId,
          payload: item.payload,
          ...provenanceColumns(item.observation),
          valid_from: at,
          valid_to: null,
        }),
      ),
      CHUNK,
    );
    await confirmFacts(
      tx,
      confirmed.map(({ observation, current }) => ({
        version: Number(current!.version),
        ...provenanceColumns(observation),
      })),
    );
    await tx.batchInsert(
      LATE,
      late.map(({ observation, sourceId, payload }) => ({
        entity_id: observation.entityId,
        source_id: sourceId,
        payload,
        ...provenanceColumns(observation),
        received_at: now.getTime(),
      })),
      CHUNK,
    );
    if (changed.length > 0) {
      await moveHead(tx, { version, at });
    }
    return written;
  }

  /** The facts of some entities: those in force, or those that were at an instant. */
  async read(entityIds: number[], asOf?: Date): Promise<Fact[]> {
    const facts: Fact[] = [];
    for (let start = 0; start < entityIds.length; start += CHUNK) {
      const query = this.#knex(FACTS)
        .join(SOURCES, `${SOURCES}.id`, `${FACTS}.source_id`)
        .whereIn('entity_id', entityIds.slice(start, start + CHUNK))
        .select(`${FACTS}.*`, { source: `${SOURCES}.name` });
      if (asOf) {
        const at = asOf.getTime();
        query
          .where('valid_from', '<=', at)
          .where(inner =>
            inner.whereNull('valid_to').orWhere('valid_to', '>', at),
          );
      } else {
        query.whereNull('valid_to');
      }
      facts.push(...(await query).map(toFact));
    }
    return facts;
  }
}

/** Why nothing can have been observed at an instant, or undefined when it can. */
export function futureProblem(observedAt: Date, now: Date): string | undefined {
  if (Number.isNaN(observedAt.getTime())) {
    return 'must be an instant';
  }
  return observedAt.getTime() > now.getTime() + AHEAD_MILLIS
    ? `${observedAt.toISOString()} is in the future, it is ${now.toISOString()} now`
    : undefined;
}

function refuseUnusable(observations: Observation[], now: Date): void {
  const seen = new Map<string, number>();
  observations.forEach(({ entityId, source, observedAt }, index) => {
    const future = futureProblem(observedAt, now);
    if (future) {
      throw new InputError(`facts[${index}].observedAt: ${future}`);
    }
    const key = `${entityId}/${source}`;
    const first = seen.get(key);
    if (first !== undefined) {
      throw new InputError(
        `facts[${index}]: facts[${first}] is of the same entity and source`,
      );
    }
    seen.set(key, index);
  });
}

async function withCurrent(
  tx: Knex.Transaction,
  observations: Observation[],
  ids: Map<string, number>,
): Promise<Item[]> {
  const current = new Map<string, Current>();
  for (let start = 0; start < observations.length; start += CHUNK) {
    const rows: Current[] = await tx(FACTS)
      .whereIn(
        ['entity_id', 'source_id'],
        observations
          .slice(start, start + CHUNK)
          .map(({ entityId, source }) => [entityId, ids.get(source)!]),
      )
      .whereNull('valid_to')
      .select('version', 'entity_id', 'source_id', 'payload', 'observed_at');
    rows.forEach(row => current.set(`${row.entity_id}/${row.source_id}`, row));
  }
  return observations.map(observation => {
    const sourceId = ids.get(observation.source)!;
    return {
      observation,
      sourceId,
      payload: canonicalize(observation.payload)!,
      current: current.get(`${observation.entityId}/${sourceId}`),
    };
  });
}

async function endIntervals(
  tx: Knex.Transaction,
  changed: { item: Item }[],
  at: number,
): Promise<void> {
  const ended = changed.flatMap(({ item }) => item.current?.version ?? []);
  for (let start = 0; start < ended.length; start += CHUNK) {
    await tx(FACTS)
      .whereIn('version', ended.slice(start, start + CHUNK))
      .update({ valid_to: at });
  }
}
