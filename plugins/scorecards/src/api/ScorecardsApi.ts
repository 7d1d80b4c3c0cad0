import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  CheckProof,
  CheckState,
  CollectorList,
  DefinitionStatus,
  EntityFacts,
  EntityHistory,
  EntityOutages,
  EntityScores,
  FactSourceList,
  Movers,
  Rollup,
  RollupDimension,
  ScorecardList,
  ScorecardResults,
  ScorecardSummary,
  Trend,
} from '@waymark/scorecards-common';

/** @public */
export interface ReadOptions {
  signal?: AbortSignal;
}

/** @public */
export interface AsOf {
  /** An instant of the past (ISO 8601): what the portal said then. */
  asOf?: string;
}

/** @public */
export interface PageQuery {
  cursor?: string;
  /** Most items of the page. */
  limit?: number;
}

/**
 * Which results are meant; all conditions together.
 * @public
 */
export interface ResultFilter extends AsOf {
  /** Id of a level; `none` for no level, `unrated` where nothing is known. */
  level?: string;
  /** Id of a check, with `state`. */
  check?: string;
  state?: CheckState;
  /** Ref of a group anywhere on the owner path. */
  owner?: string;
  system?: string;
  domain?: string;
  type?: string;
}

/**
 * Reads what the pages of scorecards show. Each read throws a ResponseError when the backend refuses.
 * @public
 */
export interface ScorecardsApi {
  /** Every scorecard, adopted or refused, and which part of the past was replayed for a demonstration. */
  listScorecards(options?: ReadOptions): Promise<ScorecardList>;

  /** One scorecard, and what is wrong with its newest version. */
  getScorecard(name: string, options?: ReadOptions): Promise<ScorecardSummary>;

  /** How all entities of a scorecard that one may read fare together. */
  getTotal(
    name: string,
    query?: AsOf,
    options?: ReadOptions,
  ): Promise<Pick<Rollup, 'asOf' | 'total'>>;

  /** How the entities of each owner, system, domain or type fare: all pages of it. */
  getRollup(
    name: string,
    query: { by: RollupDimension } & AsOf,
    options?: ReadOptions,
  ): Promise<Omit<Rollup, 'cursor'>>;

  /** A page of what a scorecard says of each entity, in the order of their refs. */
  listResults(
    name: string,
    filter: ResultFilter,
    page?: PageQuery,
    options?: ReadOptions,
  ): Promise<ScorecardResults>;

  /** All that a scorecard says of the entities of a filter, as a CSV file. */
  exportResults(
    name: string,
    filter: ResultFilter,
    options?: ReadOptions,
  ): Promise<Blob>;

  /** How all entities have fared over time; the last 90 days until now, unless said otherwise. */
  getTrend(
    name: string,
    query?: { from?: string; to?: string },
    options?: ReadOptions,
  ): Promise<Trend>;

  /** Which entities and owners have moved most, and why. */
  getMovers(
    query: { since: string; scorecard?: string; limit?: number },
    options?: ReadOptions,
  ): Promise<Movers>;

  /** What every scorecard says of an entity. */
  getScores(
    entityRef: string,
    query?: AsOf & { knowledge?: 'then' | 'now' },
    options?: ReadOptions,
  ): Promise<EntityScores>;

  /** What every scorecard says of each of these entities, as far as one may read them: at most 1,000. */
  queryScores(
    entityRefs: string[],
    query?: AsOf,
    options?: ReadOptions,
  ): Promise<EntityScores[]>;

  /** Why a check says what it says of an entity. */
  getProof(
    entityRef: string,
    check: { scorecard: string; check: string },
    query?: AsOf,
    options?: ReadOptions,
  ): Promise<CheckProof>;

  /** What changed in the results of an entity, newest first. */
  getHistory(
    entityRef: string,
    query?: { scorecard?: string } & PageQuery,
    options?: ReadOptions,
  ): Promise<EntityHistory>;

  /** What is known of an entity, and from where. */
  getFacts(
    entityRef: string,
    query?: AsOf & { source?: string },
    options?: ReadOptions,
  ): Promise<EntityFacts>;

  /** When sources could not be asked about an entity, and why, newest first. */
  getOutages(
    entityRef: string,
    query?: { source?: string } & PageQuery,
    options?: ReadOptions,
  ): Promise<EntityOutages>;

  /** Collects and evaluates an entity now. */
  evaluate(entityRef: string, options?: ReadOptions): Promise<EntityScores>;

  /** Where facts come from. */
  listFactSources(options?: ReadOptions): Promise<FactSourceList['items']>;

  /** How the collectors of facts fare. */
  listCollectors(options?: ReadOptions): Promise<CollectorList['items']>;

  /**
   * Whether a Scorecard or FactSource is in force, and what is wrong with it; undefined where the engine has not seen it
   * yet.
   *
   * @param entityRef - full entity reference of the definition
   */
  getDefinitionStatus(
    entityRef: string,
    options?: ReadOptions,
  ): Promise<DefinitionStatus | undefined>;
}

/** @public */
export const scorecardsApiRef = createApiRef<ScorecardsApi>().with({
  id: 'plugin.scorecards.client',
  pluginId: 'scorecards',
});
