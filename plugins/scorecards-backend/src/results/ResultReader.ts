import type { Hold } from '@waymark/scorecards-common';
import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { inForce } from '../database/intervals';
import { isAmong } from '../database/lists';
import type { Cause } from './cause';
import { ResultDbRow, RESULT_HEAD, RESULTS, SCORECARDS } from './tables';

const CHUNK = 500;

/** What a scorecard says of an entity, in one interval of system time. */
export interface StoredResult {
  /** Place in the feed of changes. */
  seq: number;
  entityId: number;
  /** Name. */
  scorecard: string;
  /** Number of the definition that was in force when the interval began. */
  definitionId: number;
  /** Packed; undefined where the scorecard ceased to apply. */
  results?: string;
  /** Position; -1 for none, undefined where nothing is known. */
  level?: number;
  /** Ten-thousandths. */
  points?: number;
  /** Ten-thousandths. */
  confidence?: number;
  cause: Cause;
  detail?: string;
  /** By id of the check, of those that are not known: what was known last. */
  holds: Readonly<Record<string, Hold>>;
  /** `seq` of the interval that this one followed. */
  previous?: number;
  validFrom: Date;
  /** Undefined while it lasts. */
  validTo?: Date;
}

/** A result that says something. */
export type LivingResult = StoredResult & { results: string };

type Row = ResultDbRow & { scorecard: string };

/** Reads results: those in force, those of an instant, the history of an entity, and the feed of changes. */
export class ResultReader {
  readonly #knex: Knex;

  /** @param knex - or a transaction, to read what it has written */
  static of(knex: Knex): ResultReader {
    return new ResultReader(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The results of some entities, by entity and name of the scorecard. */
  async current(
    entityIds: readonly number[],
    options: { asOf?: Date; scorecard?: string } = {},
  ): Promise<LivingResult[]> {
    const scorecardIds = await this.#scorecardIds(options.scorecard);
    const found: LivingResult[] = [];
    for (const some of chunks([...new Set(entityIds)], CHUNK)) {
      const query = this.#results()
        .where(isAmong(this.#knex, 'result.entity_id', some))
        // Named one by one, so that the index which begins with the scorecard serves reads of the past as well.
        .whereIn('result.scorecard_id', scorecardIds)
        .whereNotNull('result.results')
        .orderBy(['result.entity_id', 'scorecard.name']);
      const rows: Row[] = await inForce(query, options.asOf, 'result');
      found.push(...rows.map(row => toResult(row) as LivingResult));
    }
    return found;
  }

  /**
   * What was said of an entity, newest first.
   *
   * @param page - `before`: only what has a smaller `seq`
   */
  async history(
    entityId: number,
    page: { scorecard?: string; before?: number; limit: number },
  ): Promise<StoredResult[]> {
    const query = this.#results()
      .where('result.entity_id', entityId)
      .whereIn('result.scorecard_id', await this.#scorecardIds(page.scorecard))
      .orderBy('result.seq', 'desc')
      .limit(page.limit);
    if (page.before !== undefined) {
      query.where('result.seq', '<', page.before);
    }
    const rows: Row[] = await query;
    return rows.map(toResult);
  }

  /** Results by their places in the feed; places that do not exist are left out. */
  async bySeq(seqs: readonly number[]): Promise<Map<number, StoredResult>> {
    const found = new Map<number, StoredResult>();
    for (const some of chunks([...new Set(seqs)], CHUNK)) {
      const rows: Row[] = await this.#results().whereIn('result.seq', some);
      rows.forEach(row => found.set(Number(row.seq), toResult(row)));
    }
    return found;
  }

  /**
   * The feed of changes: sequences have no gap, and become visible in their order.
   *
   * @param after - the last one that the caller has
   */
  async changes(after: number, limit: number): Promise<StoredResult[]> {
    const rows: Row[] = await this.#results()
      .where('result.seq', '>', after)
      .orderBy('result.seq')
      .limit(limit);
    return rows.map(toResult);
  }

  /** The last place in the feed. */
  async lastSeq(): Promise<number> {
    const head = await this.#knex(RESULT_HEAD).where({ id: 1 }).first('seq');
    return Number(head.seq);
  }

  #results(): Knex.QueryBuilder {
    return this.#knex({ result: RESULTS })
      .join({ scorecard: SCORECARDS }, 'scorecard.id', 'result.scorecard_id')
      .select('result.*', { scorecard: 'scorecard.name' });
  }

  async #scorecardIds(name: string | undefined): Promise<number[]> {
    const query = this.#knex(SCORECARDS).select('id');
    const rows: { id: number }[] = await (name === undefined
      ? query
      : query.where({ name }));
    return rows.map(({ id }) => id);
  }
}

/** @param row - with the name of the scorecard */
export function toResult(row: Row): StoredResult {
  const { results, level, points, confidence, detail, holds } = row;
  return {
    seq: Number(row.seq),
    entityId: row.entity_id,
    scorecard: row.scorecard,
    definitionId: row.definition_id,
    ...(results !== null && { results }),
    ...(level !== null && { level }),
    ...(points !== null && { points }),
    ...(confidence !== null && { confidence }),
    cause: row.cause,
    ...(detail !== null && { detail }),
    holds: holds === null ? {} : JSON.parse(holds),
    ...(row.previous !== null && { previous: Number(row.previous) }),
    validFrom: new Date(Number(row.valid_from)),
    ...(row.valid_to !== null && { validTo: new Date(Number(row.valid_to)) }),
  };
}
