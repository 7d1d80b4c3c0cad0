import { InputError } from '@backstage/errors';
import canonicalize from 'canonicalize';
import { Knex } from 'knex';
import { columnList } from '../database/lists';
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
    await insertFacts(tx, changed, at);
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
    );
  const current = new Map(
    rows.map(row => [`${row.entity_id}/${row.source_id}`, row]),
  );
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

const COLUMNS = {
  version: 'bigint',
  entity_id: 'bigint',
  source_id: 'bigint',
  payload: 'text',
  observed_at: 'bigint',
  collector: 'text',
  url: 'text',
  commit: 'text',
  valid_from: 'bigint',
} as const;

async function insertFacts(
  tx: Knex.Transaction,
  changed: { item: Item; version: number }[],
  at: number,
): Promise<void> {
  if (changed.length === 0) return;
  const rows = changed.map(({ item, version }) => ({
    version,
    entity_id: item.observation.entityId,
    source_id: item.sourceId,
    payload: item.payload,
    ...provenanceColumns(item.observation),
    valid_from: at,
  }));
  const valuesOf = (name: keyof typeof COLUMNS) => rows.map(row => row[name]);
  const list = Object.keys(COLUMNS)
    .map(name => `"${name}"`)
    .join(', ');
  await tx.raw(`insert into ${FACTS} (${list}) select ${list} from ?`, [
    columnList(tx, COLUMNS, {
      version: valuesOf('version'),
      entity_id: valuesOf('entity_id'),
      source_id: valuesOf('source_id'),
      payload: valuesOf('payload'),
      observed_at: valuesOf('observed_at'),
      collector: valuesOf('collector'),
      url: valuesOf('url'),
      commit: valuesOf('commit'),
      valid_from: valuesOf('valid_from'),
    }),
  ]);
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
