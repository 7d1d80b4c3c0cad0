import { ScorecardResults } from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { inForce } from '../database/intervals';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { INTERVALS, IntervalRow } from '../entities/tables';
import { Placed } from '../entities/placements';
import { GrantReader } from '../exemptions/grants';
import { LivingResult, toResult } from '../results/ResultReader';
import { LAYOUTS, ResultDbRow, RESULTS, SCORECARDS } from '../results/tables';
import { DefinitionsOfResults } from './DefinitionsOfResults';
import { presentScore } from './present';
import { EntityReader } from './ReadableEntities';
import { Layout, ResultFilter, resultQueries } from './resultQueries';

const CHUNK = 500;

type Row = ResultDbRow &
  Pick<
    IntervalRow,
    'type' | 'owner' | 'owner_path' | 'system' | 'domain' | 'entity'
  > & {
    scorecard: string;
    ref: string;
  };

const entityOf = ({ entity_id, entity }: Row) => ({
  id: entity_id,
  entity: JSON.parse(entity) as object,
});

/** Reads what one scorecard says of entities, page by page in the order of their refs. */
export class ResultList {
  readonly #knex: Knex;
  readonly #definitions: DefinitionStore;
  readonly #clock: Clock;

  static create(options: {
    knex: Knex;
    definitions: DefinitionStore;
    clock: Clock;
  }): ResultList {
    return new ResultList(options);
  }

  private constructor(options: Parameters<typeof ResultList.create>[0]) {
    this.#knex = options.knex;
    this.#definitions = options.definitions;
    this.#clock = options.clock;
  }

  /**
   * @param page - `after`: ref of the last entity of the page before
   * @returns `after` is what to give for the next page, where there may be one
   */
  async list(
    scorecard: string,
    filter: ResultFilter,
    page: { after?: string; limit: number },
    readable: EntityReader,
  ): Promise<{ items: ScorecardResults['items']; after?: string }> {
    const { rows, after } = await this.#page(scorecard, filter, page, readable);
    const results = rows.map(row => toResult(row) as LivingResult);
    const versions = await DefinitionsOfResults.read(
      this.#definitions,
      results,
      filter.asOf,
    );
    const exempt = await GrantReader.of(this.#knex).read(
      results.map(({ entityId }) => entityId),
      { at: filter.asOf ?? this.#clock.now(), asOf: filter.asOf },
    );
    return {
      items: rows.map(({ ref, type, owner }, index) => {
        const result = results[index];
        const score = presentScore(
          result,
          versions.of(result),
          exempt.get(result.entityId)?.get(scorecard),
        );
        const { checks, scorecard: _, title, definition, ...summary } = score;
        return {
          entityRef: ref,
          ...(type !== null && { type }),
          ...(owner !== null && { owner }),
          ...summary,
          checks: checks.map(({ id, state, underlying, held }) => ({
            id,
            state,
            ...(underlying && { underlying }),
            ...(held && { held }),
          })),
        };
      }),
      after,
    };
  }

  /** Everything that may be read, one by one; without filters but for the instant. */
  async *readable(
    scorecard: string,
    filter: Pick<ResultFilter, 'asOf'>,
    readable: EntityReader,
  ): AsyncGenerator<{ row: LivingResult; layout: Layout; placed: Placed }> {
    const layouts = new Map(
      (await this.#layouts(scorecard)).map(layout => [layout.id, layout]),
    );
    let after: string | undefined;
    for (;;) {
      const rows = await this.#rows(scorecard, filter, { after, limit: CHUNK });
      for (const row of await readable.only(rows, entityOf)) {
        yield {
          row: toResult(row) as LivingResult,
          layout: layouts.get(row.layout_id)!,
          placed: {
            ownerPath: JSON.parse(row.owner_path),
            type: row.type ?? undefined,
            system: row.system ?? undefined,
            domain: row.domain ?? undefined,
          },
        };
      }
      if (rows.length < CHUNK) return;
      after = rows.at(-1)!.ref;
    }
  }

  /** A full page also for whoever may not read all entities. */
  async #page(
    scorecard: string,
    filter: ResultFilter,
    page: { after?: string; limit: number },
    readable: EntityReader,
  ): Promise<{ rows: Row[]; after?: string }> {
    // Whoever may read a few entities only is not made to wait for many small pages.
    const size = readable.all ? page.limit : Math.max(page.limit, CHUNK);
    const rows: Row[] = [];
    let { after } = page;
    for (;;) {
      const some = await this.#rows(scorecard, filter, { after, limit: size });
      const open = await readable.only(some, entityOf);
      rows.push(...open.slice(0, page.limit - rows.length));
      if (rows.length === page.limit) {
        return { rows, after: rows.at(-1)!.ref };
      }
      if (some.length < size) {
        return { rows };
      }
      after = some.at(-1)!.ref;
    }
  }

  async #rows(
    scorecard: string,
    filter: ResultFilter,
    page: { after?: string; limit: number },
  ): Promise<Row[]> {
    // As a constant, so that the database knows how many results it has.
    const [id]: number[] = await this.#knex(SCORECARDS)
      .where({ name: scorecard })
      .pluck('id');
    if (id === undefined) return [];
    const layouts = await this.#layouts(scorecard);
    let rows: Omit<Row, 'scorecard'>[] = [];
    for (const found of resultQueries(
      this.#knex,
      { id, layouts },
      filter,
      page,
    )) {
      rows = await this.#whole(found, filter);
      if (rows.length === page.limit) break;
    }
    return rows.map(row => ({ ...row, scorecard }));
  }

  /** Whole rows only of the page: they are wide, and all that is found may have to be sorted. */
  async #whole(
    found: Knex.QueryBuilder,
    { asOf }: ResultFilter,
  ): Promise<Omit<Row, 'scorecard'>[]> {
    const rows = this.#knex
      .from(found.as('found'))
      .join({ result: RESULTS }, 'result.seq', 'found.seq')
      .join({ interval: INTERVALS }, 'interval.entity_id', 'found.entity_id')
      .orderBy('found.ref')
      .select('result.*', 'found.ref')
      .select('interval.type', 'interval.owner', 'interval.owner_path')
      .select('interval.system', 'interval.domain', 'interval.entity');
    return inForce(rows, asOf, 'interval');
  }

  async #layouts(scorecard: string): Promise<Layout[]> {
    const rows: { id: number; levels: string; checks: string }[] =
      await this.#knex({ layout: LAYOUTS })
        .join({ scorecard: SCORECARDS }, 'scorecard.id', 'layout.scorecard_id')
        .where('scorecard.name', scorecard)
        .select('layout.id', 'layout.levels', 'layout.checks');
    return rows.map(({ id, levels, checks }) => ({
      id,
      levels: JSON.parse(levels),
      checks: JSON.parse(checks),
    }));
  }
}
