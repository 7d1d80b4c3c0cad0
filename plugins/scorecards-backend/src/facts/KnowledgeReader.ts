import { Knex } from 'knex';
import { inForce } from '../database/intervals';
import { Outage, OutageStore } from '../outages/OutageStore';
import { FactStore } from './FactStore';
import { Fact, FactRow, FACTS, LATE, seenBy, SOURCES, toFact } from './tables';

/** What is known of one entity at an instant. */
export interface Knowledge {
  facts: Fact[];
  outages: Outage[];
}

/**
 * Of which time the knowledge is: `then`, what was recorded at the instant; `now`, what is known today of the instant,
 * observations that came late included.
 */
export type KnowledgeTime = 'then' | 'now';

const CHUNK = 200;

/** What is known, or was, of entities: facts, and the outages during which facts are not believed. */
export class KnowledgeReader {
  readonly #knex: Knex;

  static of(knex: Knex): KnowledgeReader {
    return new KnowledgeReader(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @returns by number of the entity, one for each */
  async read(
    entityIds: number[],
    options: { asOf?: Date; knowledge?: KnowledgeTime } = {},
  ): Promise<Map<number, Knowledge>> {
    const { asOf, knowledge = 'then' } = options;
    const [facts, outages] = await Promise.all([
      asOf && knowledge === 'now'
        ? this.#knownToday(entityIds, asOf)
        : FactStore.of(this.#knex).read(entityIds, asOf),
      OutageStore.of(this.#knex).read(entityIds, asOf),
    ]);
    const known = new Map<number, Knowledge>(
      entityIds.map(id => [id, { facts: [], outages: [] }]),
    );
    for (const fact of facts) {
      known.get(fact.entityId)?.facts.push(fact);
    }
    for (const outage of outages) {
      const concerned =
        outage.entityId === undefined
          ? known.values()
          : [known.get(outage.entityId)];
      for (const one of concerned) one?.outages.push(outage);
    }
    return known;
  }

  /** Of each source the youngest observation up to an instant, whenever it was received. */
  async #knownToday(entityIds: number[], asOf: Date): Promise<Fact[]> {
    const youngest = new Map<string, Fact>();
    for (let start = 0; start < entityIds.length; start += CHUNK) {
      const some = entityIds.slice(start, start + CHUNK);
      for (const fact of [
        ...(await this.#recorded(some, asOf)),
        ...(await this.#late(some, asOf)),
      ]) {
        const key = `${fact.entityId}/${fact.source}`;
        const seen = seenBy(fact, asOf);
        const known = youngest.get(key);
        if (!known || seen.observedAt > known.observedAt) {
          youngest.set(key, seen);
        }
      }
    }
    return [...youngest.values()];
  }

  async #recorded(entityIds: number[], asOf: Date): Promise<Fact[]> {
    const query = this.#knex(FACTS)
      .join(SOURCES, `${SOURCES}.id`, `${FACTS}.source_id`)
      .whereIn('entity_id', entityIds)
      .where(either =>
        either
          .where('observed_at', '<=', asOf.getTime())
          .orWhere(held => inForce(held, asOf)),
      )
      .orderBy('version')
      .select(`${FACTS}.*`, { source: `${SOURCES}.name` });
    return (await query).map(toFact);
  }

  async #late(entityIds: number[], asOf: Date): Promise<Fact[]> {
    const rows: (FactRow & { source: string; received_at: number | string })[] =
      await this.#knex(LATE)
        .join(SOURCES, `${SOURCES}.id`, `${LATE}.source_id`)
        .whereIn('entity_id', entityIds)
        .where('observed_at', '<=', asOf.getTime())
        .orderBy('received_at')
        .select(`${LATE}.*`, { source: `${SOURCES}.name` });
    return rows.map(row =>
      toFact({
        ...row,
        version: 0,
        valid_from: row.received_at,
        valid_to: null,
      }),
    );
  }
}
