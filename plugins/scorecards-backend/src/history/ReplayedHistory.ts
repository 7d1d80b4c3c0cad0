import { Knex } from 'knex';
import { Big } from '../database/intervals';

const REPLAYED = 'replayed_history';
const ID = 1;

/** An interval of system time: from its first instant to the first one after it. */
export interface Interval {
  from: Date;
  to: Date;
}

/** Which part of the past was replayed for a demonstration. */
export class ReplayedHistory {
  readonly #knex: Knex;
  #known: Promise<Interval | undefined> | undefined;

  static of(knex: Knex): ReplayedHistory {
    return new ReplayedHistory(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Undefined where all of the past was lived through. Read once: nothing is replayed while a portal runs. */
  async interval(): Promise<Interval | undefined> {
    this.#known ??= this.#read();
    return this.#known.catch(error => {
      this.#known = undefined;
      throw error;
    });
  }

  async record({ from, to }: Interval): Promise<void> {
    await this.#knex(REPLAYED).insert({
      id: ID,
      valid_from: from.getTime(),
      valid_to: to.getTime(),
    });
  }

  async #read(): Promise<Interval | undefined> {
    const row: { valid_from: Big; valid_to: Big } | undefined =
      await this.#knex(REPLAYED).where({ id: ID }).first();
    return (
      row && {
        from: new Date(Number(row.valid_from)),
        to: new Date(Number(row.valid_to)),
      }
    );
  }
}
