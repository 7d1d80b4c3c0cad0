import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { transact } from '../database/transact';
import { FactStore, Written } from '../facts/FactStore';
import { FreshUntil } from '../facts/freshness';
import { Observation } from '../facts/tables';
import { DirtyMark, markDirty } from '../results/dirty';
import { CheckedFact, checkFact, IncomingFact } from './checkFact';
import { EntityLookup, findEntities } from './entities';
import { itemError } from './ItemProblems';
import { CompiledFactSources, FactSourceDefinitions } from './sources';
import { FactWriter } from './writers';

/** Facts that may be written as they are; only {@link FactIntake} makes them. */
export interface AcceptedFacts {
  readonly observations: readonly Observation[];
  readonly freshUntil: FreshUntil;
}

/** What became of one fact of several that are independent of each other. */
export type FactOutcome =
  | { ok: true; written: Written }
  | { ok: false; error: Error };

/**
 * The one way in for facts, whether they are pushed, collected or attested. It checks that the source is declared, that it
 * names the writer, that the writer may speak of the entity, that the source applies to it, and that the payload is what
 * the schema describes; writes the facts; and marks for evaluation whom they concern, in one transaction.
 */
export class FactIntake {
  readonly #knex: Knex;
  readonly #store: FactStore;
  readonly #sources: CompiledFactSources;
  readonly #entities: EntityLookup;
  readonly #clock: Clock;

  static create(options: {
    knex: Knex;
    definitions: FactSourceDefinitions;
    entities: EntityLookup;
    clock: Clock;
  }): FactIntake {
    return new FactIntake(options);
  }

  private constructor(options: {
    knex: Knex;
    definitions: FactSourceDefinitions;
    entities: EntityLookup;
    clock: Clock;
  }) {
    this.#knex = options.knex;
    this.#store = FactStore.of(options.knex);
    this.#sources = CompiledFactSources.create(options.definitions);
    this.#entities = options.entities;
    this.#clock = options.clock;
  }

  /**
   * Checks facts and writes them, all or none.
   *
   * @returns what became of each, in the order given
   * @throws NotAllowedError when the writer may not write one of them; InputError when one is wrong; both name item,
   * field and reason
   */
  async write(facts: IncomingFact[], writer: FactWriter): Promise<Written[]> {
    const accepted = await this.accept(facts, writer);
    return transact(this.#knex, tx => this.record(tx, accepted));
  }

  /**
   * Checks facts that have nothing to do with each other, and writes those that are right.
   *
   * @param facts - one at the most of each entity and source
   * @returns what became of each, in the order given
   */
  async writeEach(
    facts: IncomingFact[],
    writer: FactWriter,
  ): Promise<FactOutcome[]> {
    const { checked, freshUntil } = await this.#check(facts, writer);
    const observations = checked.flatMap(fact =>
      fact.ok ? fact.observation : [],
    );
    const written = await transact(this.#knex, tx =>
      this.record(tx, { observations, freshUntil }),
    );
    return checked.map((fact, index) =>
      fact.ok
        ? { ok: true, written: written.shift()! }
        : {
            ok: false,
            error: itemError('facts', [{ index, ...fact.problem }]),
          },
    );
  }

  /**
   * The first half of {@link FactIntake.write}, for those who write something else in the same transaction.
   *
   * @throws as `write` does
   */
  async accept(
    facts: IncomingFact[],
    writer: FactWriter,
  ): Promise<AcceptedFacts> {
    const { checked, freshUntil } = await this.#check(facts, writer);
    const problems = checked.flatMap((fact, index) =>
      fact.ok ? [] : { index, ...fact.problem },
    );
    if (problems.length > 0) {
      throw itemError('facts', problems);
    }
    return {
      observations: checked.flatMap(fact => (fact.ok ? fact.observation : [])),
      freshUntil,
    };
  }

  /** The second half of {@link FactIntake.write}. */
  async record(
    tx: Knex.Transaction,
    accepted: AcceptedFacts,
  ): Promise<Written[]> {
    if (accepted.observations.length === 0) {
      return [];
    }
    const now = this.#clock.now();
    const written = await this.#store.write(
      tx,
      [...accepted.observations],
      now,
      accepted.freshUntil,
    );
    const marks = new Map<string, DirtyMark & { entityIds: number[] }>();
    for (const item of written) {
      const cause = causeOf(item);
      if (cause) {
        const key = `${cause} ${item.source}`;
        const mark = marks.get(key) ?? {
          entityIds: [],
          cause,
          detail: item.source,
        };
        mark.entityIds.push(item.entityId);
        marks.set(key, mark);
      }
    }
    for (const mark of marks.values()) {
      await markDirty(tx, mark, now);
    }
    return written;
  }

  async #check(
    facts: IncomingFact[],
    writer: FactWriter,
  ): Promise<{
    checked: CheckedFact[];
    freshUntil: FreshUntil;
  }> {
    const sources = await this.#sources.byId();
    const entities = await findEntities(
      this.#entities,
      facts.map(({ entityRef }) => entityRef),
      writer,
    );
    const now = this.#clock.now();
    return {
      checked: facts.map(fact =>
        checkFact(fact, { sources, entities, writer, now }),
      ),
      freshUntil: new Map(
        [...sources].map(([id, source]) => [id, source.freshUntil]),
      ),
    };
  }
}

/** What was stale and is confirmed is known again, although it says nothing new. */
function causeOf({
  outcome,
  wasStale,
}: Written): 'fact' | 'staleness' | undefined {
  if (outcome === 'changed') {
    return 'fact';
  }
  return outcome === 'confirmed' && wasStale ? 'staleness' : undefined;
}
