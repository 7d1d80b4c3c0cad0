import { Knex } from 'knex';
import { isAmong } from '../database/lists';
import { DIRTY } from '../results/dirty';
import { PendingEvaluations } from './ScoreReads';

/** Which entities are still to be evaluated anew. */
export class Pending implements PendingEvaluations {
  readonly #knex: Knex;

  static of(knex: Knex): Pending {
    return new Pending(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async pending(entityIds: readonly number[]): Promise<Set<number>> {
    const ids: number[] = await this.#knex(DIRTY)
      .whereRaw(isAmong(this.#knex, 'entity_id', entityIds))
      .pluck('entity_id');
    return new Set(ids);
  }
}
