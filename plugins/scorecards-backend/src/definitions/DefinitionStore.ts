import { Knex } from 'knex';
import { inForce } from '../database/intervals';
import { isAmong } from '../database/lists';
import {
  Adopted,
  DEFINITIONS,
  DefinitionKindName,
  DefinitionRow,
  HEAD,
  HeadRow,
  isOfKind,
  Refusal,
  REFUSALS,
  RefusalRow,
  toAdopted,
  toRefusal,
} from './tables';

/** The definitions in force, each list in the order of the names. */
export interface DefinitionsInForce {
  scorecards: Adopted<'Scorecard'>[];
  factSources: Adopted<'FactSource'>[];
}

/**
 * The scorecards and fact sources that are applied, and were at any instant. They are those of the catalog, as far as they
 * could be adopted; see {@link Adopter}.
 */
export class DefinitionStore {
  readonly #knex: Knex;
  #present: { version: string; definitions: DefinitionsInForce } | undefined;

  /** @param knex - or a transaction, to read what it has written */
  static of(knex: Knex): DefinitionStore {
    return new DefinitionStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Differs whenever what is in force does. Costs next to nothing. */
  async version(): Promise<string> {
    return String((await this.head()).version);
  }

  async head(): Promise<HeadRow> {
    return this.#knex(HEAD).where({ id: 1 }).first();
  }

  /**
   * All that is in force. The present is read from the database only after a change, and always the same objects, so that
   * it can be asked for each request.
   *
   * @param asOf - the present when absent
   */
  async inForce(asOf?: Date): Promise<DefinitionsInForce> {
    if (asOf) {
      return this.#read(asOf);
    }
    // Before the definitions, so that a change in between is seen next time and not lost.
    const version = await this.version();
    if (this.#present?.version !== version) {
      this.#present = { version, definitions: await this.#read() };
    }
    return this.#present.definitions;
  }

  /** The version in force under a name, or undefined. */
  async byName<K extends DefinitionKindName>(
    kind: K,
    name: string,
    asOf?: Date,
  ): Promise<Adopted<K> | undefined> {
    const row: DefinitionRow | undefined = await inForce(
      this.#knex(DEFINITIONS).where({ kind, name }),
      asOf,
    ).first();
    return row && (toAdopted(row) as Adopted<K>);
  }

  /** Versions by their numbers, whether in force or not. */
  async byIds(ids: readonly number[]): Promise<Adopted[]> {
    const rows: DefinitionRow[] = await this.#knex(DEFINITIONS)
      .where(isAmong(this.#knex, 'id', ids) as never)
      .orderBy('id');
    return rows.map(toAdopted);
  }

  /** What the catalog has now and cannot be adopted, in the order of the names. */
  async refusals(): Promise<Refusal[]> {
    const rows: RefusalRow[] = await this.#knex(REFUSALS).orderBy([
      'name',
      'ref',
    ]);
    return rows.map(toRefusal);
  }

  async #read(asOf?: Date): Promise<DefinitionsInForce> {
    const rows: DefinitionRow[] = await inForce(
      this.#knex(DEFINITIONS),
      asOf,
    ).orderBy('name');
    const adopted = rows.map(toAdopted);
    return {
      scorecards: adopted.filter(isOfKind('Scorecard')),
      factSources: adopted.filter(isOfKind('FactSource')),
    };
  }
}
