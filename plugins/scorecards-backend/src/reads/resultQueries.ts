import {
  CheckState,
  packedCodesOf,
  ScorecardSpec,
} from '@waymark/scorecards-common';
import { Knex } from 'knex';
import { inForce } from '../database/intervals';
import { ENTITIES, INTERVALS, OWNERS } from '../entities/tables';
import { RESULTS } from '../results/tables';

/** Results among which a page of those that say something of a check is looked for first. */
const LOOKED_AT = 2_000;

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

/** What the positions of packed results stand for. */
export interface Layout {
  id: number;
  levels: string[];
  checks: string[];
}

/**
 * Queries of a page of results, of the columns `ref`, `seq` and `entity_id`, in the order of the refs.
 *
 * @remarks
 * Databases know nothing of packed results, and would look at those of everybody to find the states of a check. Most often
 * the first ones have enough for a page.
 *
 * @param scorecard - its number, and every shape that its results have had
 * @param page - `after`: ref of the last entity of the page before
 * @returns to be tried in their order, until one has a whole page; what the last one has is all there is
 */
export function resultQueries(
  knex: Knex,
  scorecard: { id: number; layouts: readonly Layout[] },
  filter: ResultFilter,
  { after, limit }: { after?: string; limit: number },
): Knex.QueryBuilder[] {
  const { check, state } = filter;
  const { layouts } = scorecard;
  const of = () => {
    const query = allResults(knex, scorecard, filter).limit(limit);
    return after === undefined ? query : query.where('entity.ref', '>', after);
  };
  if (check === undefined) return [of()];
  const amongFirst = knex
    .from(
      of()
        .select('result.layout_id', 'result.results')
        .limit(LOOKED_AT)
        .as('result'),
    )
    .orderBy('ref')
    .limit(limit)
    .select('ref', 'seq', 'entity_id');
  return [amongFirst, of()].map(query =>
    whereCheck(query, { check, state, layouts }),
  );
}

/** By every filter but that of the check. */
function allResults(
  knex: Knex,
  { id, layouts }: { id: number; layouts: readonly Layout[] },
  { asOf, level, owner, system, domain, type }: ResultFilter,
): Knex.QueryBuilder {
  const query = knex({ result: RESULTS })
    .join({ entity: ENTITIES }, 'entity.id', 'result.entity_id')
    .where('result.scorecard_id', id)
    .whereNotNull('result.results')
    .orderBy('entity.ref')
    .select('entity.ref', 'result.seq', 'result.entity_id');
  inForce(query, asOf, 'result');
  const values = Object.entries({ system, domain, type }).filter(
    ([, value]) => value !== undefined,
  );
  if (asOf || values.length > 0) {
    query.join(
      { interval: INTERVALS },
      'interval.entity_id',
      'result.entity_id',
    );
    inForce(query, asOf, 'interval');
    for (const [column, value] of values) {
      query.where(`interval.${column}`, value as string);
    }
  } else {
    // Whoever lives has an interval, which need not be looked for.
    query.whereNull('entity.deleted_at');
  }
  if (owner !== undefined) whereOwner(knex, query, owner, asOf);
  if (level !== undefined) whereLevel(query, level, layouts);
  return query;
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
  {
    check,
    state,
    layouts,
  }: { check: string; state?: CheckState; layouts: readonly Layout[] },
): Knex.QueryBuilder {
  return query.where(any => {
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
