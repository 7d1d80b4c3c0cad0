import { InputError } from '@backstage/errors';
import canonicalize from 'canonicalize';
import { Knex } from 'knex';
import { columnList } from '../database/lists';
import { confirmFacts } from './confirmFacts';
import { FreshUntil } from './freshness';
import { lockHead, moveHead } from './head';
import { insertFacts } from './insertFacts';
import { keepLate } from './keepLate';
import { sourceIds } from './sourceIds';
import {
  Fact,
  FactRow,
  FACTS,
  Observation,
  provenanceColumns,
  SOURCES,
  seenBy,
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
  /** Whether what was in force before was not believed any more. */
  wasStale: boolean;
}

type Current = Pick<
  FactRow,
  | 'version'
  | 'entity_id'
  | 'source_id'
  | 'payload'
  | 'observed_at'
  | 'collector'
>;

interface Item {
  observation: Observation;
  sourceId: number;
  payload: string;
  current: Current | undefined;
}

/**
 * Facts, as intervals of system time. A payload that has not changed moves only `observedAt`, so that storage grows with
 * changes and not with runs. One that had gone stale begins a new interval: nobody believed it for a while, and that stays
 * visible.
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
   * @param freshUntil - by id of the source; facts of the others never go stale
   * @returns what became of each, in the order given
   * @throws InputError naming the item when one is of the future, or two are of the same entity and source
   */
  async write(
    tx: Knex.Transaction,
    observations: Observation[],
    now: Date,
    freshUntil: FreshUntil = new Map(),
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
    const begun: (Item & { version: number })[] = [];
    const confirmed: Item[] = [];
    const late: Item[] = [];
    const written = items.map((item): Written => {
      const { observation, current } = item;
      const { entityId, source } = observation;
      const before = current && Number(current.observed_at);
      const staleFrom =
        before === undefined ? undefined : freshUntil.get(source)?.(before);
      const wasStale = staleFrom !== undefined && staleFrom <= at;
      const base = {
        entityId,
        source,
        wasStale,
        version: Number(current?.version ?? 0),
      };
      if (before !== undefined && before > observation.observedAt.getTime()) {
        late.push(item);
        return { ...base, outcome: 'late' };
      }
      const outcome =
        current?.payload === item.payload ? 'confirmed' : 'changed';
      if (outcome === 'confirmed' && !wasStale) {
        confirmed.push(item);
        return { ...base, outcome };
      }
      version += 1;
      begun.push({ ...item, version });
      return { ...base, outcome, version };
    });

    await endIntervals(tx, begun, at);
    await insertFacts(tx, begun, at);
    await confirmFacts(
      tx,
      confirmed.map(({ observation, current }) => ({
        version: Number(current!.version),
        ...provenanceColumns(observation),
      })),
    );
    await keepLate(tx, late, now);
    if (begun.length > 0) {
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
      const found: Fact[] = (await query).map(toFact);
      facts.push(...(asOf ? found.map(fact => seenBy(fact, asOf)) : found));
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
  const places = columnList(
    tx,
    { entity_id: 'bigint', source_id: 'bigint' },
    {
      entity_id: observations.map(({ entityId }) => entityId),
      source_id: observations.map(({ source }) => ids.get(source)!),
    },
  );
  const rows: Current[] = await tx
    .from(places)
    .join({ fact: FACTS }, on =>
      on
        .on('fact.entity_id', 'v.entity_id')
        .on('fact.source_id', 'v.source_id'),
    )
    .whereNull('fact.valid_to')
    .select(
      'fact.version',
      'fact.entity_id',
      'fact.source_id',
      'fact.payload',
      'fact.observed_at',
      'fact.collector',
    );
  const current = new Map(
    rows.map(row => [`${row.entity_id}/${row.source_id}`, row]),
  );
  return observations.map(observation => {
    const sourceId = ids.get(observation.source)!;
    const known = current.get(`${observation.entityId}/${sourceId}`);
    return {
      observation: inOrder(observation, known),
      sourceId,
      payload: canonicalize(observation.payload)!,
      current: known,
    };
  });
}

/** What a collector saw last is not late because a clock has gone back, or because that of another replica was ahead. */
function inOrder(
  observation: Observation,
  current: Current | undefined,
): Observation {
  const isLater =
    observation.isLatest &&
    current?.collector === observation.provenance.collector;
  return isLater
    ? {
        ...observation,
        observedAt: new Date(
          Math.max(
            Number(current.observed_at),
            observation.observedAt.getTime(),
          ),
        ),
      }
    : observation;
}

async function endIntervals(
  tx: Knex.Transaction,
  begun: Item[],
  at: number,
): Promise<void> {
  const ended = begun.flatMap(({ current }) => current?.version ?? []);
  for (let start = 0; start < ended.length; start += CHUNK) {
    await tx(FACTS)
      .whereIn('version', ended.slice(start, start + CHUNK))
      .update({ valid_to: at });
  }
}
