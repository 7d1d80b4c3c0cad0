import { Cause, ScoreMove } from '@waymark/scorecards-common';
import { Knex } from 'knex';
import { inForce } from '../database/intervals';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { Adopted } from '../definitions/tables';
import { EntityStore } from '../entities/EntityStore';
import { INTERVALS, TrackedEntity } from '../entities/tables';
import { shapeOf } from '../reads/RollupReads';
import { ScoreReads } from '../reads/ScoreReads';
import { readWalks } from '../trends/readWalks';
import { causesOf } from '../trends/walk';
import { OwnerWeek } from './OwnerWeek';

const CHUNK = 100;

/** What a {@link DigestReader} reads from. */
export interface DigestReaderOptions {
  knex: Knex;
  definitions: DefinitionStore;
  entities: EntityStore;
  scores: Pick<ScoreReads, 'scores'>;
}

/** The beginning and the end of a digest. */
export interface Period {
  since: Date;
  due: Date;
}

/** Reads what there is to tell owners. All of it is of one instant, so that whoever reads it again finds the same. */
export class DigestReader {
  readonly #options: DigestReaderOptions;

  static create(options: DigestReaderOptions): DigestReader {
    return new DigestReader(options);
  }

  private constructor(options: DigestReaderOptions) {
    this.#options = options;
  }

  /** Refs of owners in their order, those after one. */
  async owners(due: Date, after: string, limit: number): Promise<string[]> {
    return inForce(this.#options.knex(INTERVALS), due)
      .where('owner', '>', after)
      .distinct('owner')
      .orderBy('owner')
      .limit(limit)
      .pluck('owner');
  }

  /** What there is to tell an owner. */
  async week(owner: string, { since, due }: Period): Promise<OwnerWeek> {
    const { definitions, scores } = this.#options;
    const week = OwnerWeek.until(due);
    const { scorecards } = await definitions.inForce(due);
    const byName = new Map(scorecards.map(one => [one.name, one]));
    for await (const entities of this.#entitiesOf(owner, due)) {
      const before = await scores.scores(entities, { asOf: since });
      const after = await scores.scores(entities, { asOf: due });
      const causes = await this.#causes(entities, byName, { since, due });
      week.add({
        before,
        after,
        causeOf: move => causes(move) ?? move.after.cause,
        specOf: name => byName.get(name)?.spec,
      });
    }
    return week;
  }

  async *#entitiesOf(
    owner: string,
    due: Date,
  ): AsyncGenerator<TrackedEntity[]> {
    const { knex, entities } = this.#options;
    let after = 0;
    for (;;) {
      const ids: number[] = await inForce(knex(INTERVALS), due)
        .where({ owner })
        .where('entity_id', '>', after)
        .orderBy('entity_id')
        .limit(CHUNK)
        .pluck('entity_id');
      if (ids.length === 0) return;
      yield await entities.byIds(ids, due);
      after = ids[ids.length - 1];
    }
  }

  /** What has moved the levels of some entities most. */
  async #causes(
    entities: readonly TrackedEntity[],
    scorecards: ReadonlyMap<string, Adopted<'Scorecard'>>,
    { since, due }: Period,
  ): Promise<(move: ScoreMove) => Cause | undefined> {
    const refs = new Map(entities.map(({ id, ref }) => [id, ref]));
    const found = new Map<string, Cause | undefined>();
    for (const { name, spec } of scorecards.values()) {
      const walks = await readWalks(this.#options.knex, name, shapeOf(spec), {
        since,
        until: due,
        entityIds: [...refs.keys()],
      });
      for (const { from, levels, byCause } of walks) {
        const [[cause] = []] = causesOf(byCause, Math.sign(levels));
        found.set(`${refs.get(from.entityId)} ${name}`, cause);
      }
    }
    return ({ entityRef, after }) =>
      found.get(`${entityRef} ${after.scorecard}`);
  }
}
