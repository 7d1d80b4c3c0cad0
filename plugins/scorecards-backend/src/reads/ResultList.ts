import {
  CheckState,
  packedCodesOf,
  ScorecardResults,
  ScorecardSpec,
} from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { inForce } from '../database/intervals';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { ENTITIES, INTERVALS, IntervalRow, OWNERS } from '../entities/tables';
import { Placed } from '../entities/placements';
import { GrantReader } from '../exemptions/grants';
import { LivingResult, toResult } from '../results/ResultReader';
import { LAYOUTS, ResultDbRow, RESULTS, SCORECARDS } from '../results/tables';
import { DefinitionsOfResults } from './DefinitionsOfResults';
import { presentScore } from './present';
import { EntityReader } from './ReadableEntities';

const CHUNK = 500;

/** Which results to list. Filters are combined by "and". */
export interface ResultFilter {
  /** Id of a level; `none` for no level, `unrated` where nothing is known. */
  level?: string;
  check?: string;
  state?: CheckState;
  /** Ref of a group or user anywhere on the owner path. */
  owner?: string;
  system?: string;
  domain?: string;
  type?: string;
  asOf?: Date;
}

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

type Layout = { id: number; levels: string[]; checks: string[] };

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
    const { asOf, level, check, state, owner, ...columns } = filter;
    // As a constant, so that the database knows how many results it has.
    const [id]: number[] = await this.#knex(SCORECARDS)
      .where({ name: scorecard })
      .pluck('id');
    if (id === undefined) return [];
    const found = this.#knex({ result: RESULTS })
      .join({ entity: ENTITIES }, 'entity.id', 'result.entity_id')
      .where('result.scorecard_id', id)
      .whereNotNull('result.results')
      .orderBy('entity.ref')
      .limit(page.limit)
      .select('entity.ref', 'result.seq', 'result.entity_id');
    inForce(found, asOf, 'result');
    if (page.after !== undefined) {
      found.where('entity.ref', '>', page.after);
    }
    const values = Object.entries(columns).filter(
      ([, value]) => value !== undefined,
    );
    if (asOf || values.length > 0) {
      found.join(
        { interval: INTERVALS },
        'interval.entity_id',
        'result.entity_id',
      );
      inForce(found, asOf, 'interval');
      for (const [column, value] of values) {
        found.where(`interval.${column}`, value as string);
      }
    } else {
      // Whoever lives has an interval, which need not be looked for.
      found.whereNull('entity.deleted_at');
    }
    if (owner !== undefined) {
      whereOwner(this.#knex, found, owner, asOf);
    }
    if (level !== undefined || check !== undefined) {
      const layouts = await this.#layouts(scorecard);
      if (level !== undefined) whereLevel(found, level, layouts);
      if (check !== undefined) whereCheck(found, check, state, layouts);
    }
    // Whole rows only of the page: they are wide, and all that is found may have to be sorted.
    const rows = this.#knex
      .from(found.as('found'))
      .join({ result: RESULTS }, 'result.seq', 'found.seq')
      .join({ interval: INTERVALS }, 'interval.entity_id', 'found.entity_id')
      .orderBy('found.ref')
      .select('result.*', 'found.ref')
      .select('interval.type', 'interval.owner', 'interval.owner_path')
      .select('interval.system', 'interval.domain', 'interval.entity');
    const stored: Omit<Row, 'scorecard'>[] = await inForce(
      rows,
      asOf,
      'interval',
    );
    return stored.map(row => ({ ...row, scorecard }));
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

function whereOwner(
  knex: Knex,
  query: Knex.QueryBuilder,
  owner: string,
  asOf: Date | undefined,
): void {
  if (!asOf) {
    query.whereIn(
      'result.entity_id',
      knex(OWNERS).where('group_ref', owner).select('entity_id'),
    );
    return;
  }
  const pattern = JSON.stringify(owner).replace(/[\\%_]/g, '\\$&');
  query.whereRaw("interval.owner_path like ? escape '\\'", [`%${pattern}%`]);
}

function whereLevel(
  query: Knex.QueryBuilder,
  level: string,
  layouts: readonly Layout[],
): void {
  if (level === 'unrated') {
    query.whereNull('result.level');
  } else if (level === 'none') {
    query.where('result.level', -1);
  } else {
    query.where(any => {
      any.whereRaw('1 = 0');
      for (const { id, levels } of layouts) {
        const position = levels.indexOf(level);
        if (position >= 0) {
          any.orWhere({ 'result.layout_id': id, 'result.level': position });
        }
      }
    });
  }
}

function whereCheck(
  query: Knex.QueryBuilder,
  check: string,
  state: CheckState | undefined,
  layouts: readonly Layout[],
): void {
  query.where(any => {
    any.whereRaw('1 = 0');
    for (const { id, checks } of layouts) {
      const position = checks.indexOf(check);
      if (position < 0) continue;
      any.orWhere(both => {
        both.where('result.layout_id', id);
        if (state) {
          const codes = packedCodesOf(state);
          both.whereRaw(
            `substr(result.results, ?, 1) in (${codes.map(() => '?')})`,
            [position + 1, ...codes],
          );
        }
      });
    }
  });
}

/** Ids that a filter may name, so that a slip is told and not answered by an empty list. */
export function filterProblem(
  { level, check, state }: ResultFilter,
  { levels, checks }: Pick<ScorecardSpec, 'levels' | 'checks'>,
): string | undefined {
  const levelIds = [...levels.map(({ id }) => id), 'none', 'unrated'];
  if (level !== undefined && !levelIds.includes(level)) {
    return `level: "${level}" is not one of ${levelIds.join(', ')}`;
  }
  const checkIds = checks.map(({ id }) => id);
  if (check !== undefined && !checkIds.includes(check)) {
    return `check: "${check}" is not one of ${checkIds.join(', ')}`;
  }
  return state !== undefined && check === undefined
    ? 'state: needs a check to be the state of'
    : undefined;
}
