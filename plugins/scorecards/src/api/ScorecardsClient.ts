import { parseEntityRef } from '@backstage/catalog-model';
import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  checkProofSchema,
  collectorListSchema,
  DefinitionStatus,
  entityFactsSchema,
  entityHistorySchema,
  entityOutagesSchema,
  entityScoresSchema,
  factSourceListSchema,
  moversSchema,
  RollupDimension,
  RollupRow,
  rollupSchema,
  scorecardListSchema,
  scorecardResultsSchema,
  scorecardSummarySchema,
  trendSchema,
} from '@waymark/scorecards-common';
import { z } from 'zod';
import {
  AsOf,
  PageQuery,
  ReadOptions,
  ResultFilter,
  ScorecardsApi,
} from './ScorecardsApi';
import { entityPathOf, pathOf, ScorecardsRequests } from './ScorecardsRequests';

/** Most items of a page that is asked for where all are needed. */
const MOST = 500;

const scoresListSchema = z.strictObject({ items: z.array(entityScoresSchema) });

/** Asks the scorecards backend. */
export class ScorecardsClient implements ScorecardsApi {
  readonly #requests: ScorecardsRequests;

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): ScorecardsClient {
    return new ScorecardsClient(ScorecardsRequests.create(options));
  }

  private constructor(requests: ScorecardsRequests) {
    this.#requests = requests;
  }

  async listScorecards(options?: ReadOptions) {
    return this.#requests.json(scorecardListSchema, 'scorecards', options);
  }

  async getScorecard(name: string, options?: ReadOptions) {
    return this.#requests.json(
      scorecardSummarySchema,
      pathOf('scorecards', name),
      options,
    );
  }

  async getTotal(name: string, query: AsOf = {}, options?: ReadOptions) {
    return this.#rollupPage(name, { by: 'type', limit: 1, ...query }, options);
  }

  async getRollup(
    name: string,
    query: { by: RollupDimension } & AsOf,
    options?: ReadOptions,
  ) {
    const items: RollupRow[] = [];
    let cursor: string | undefined;
    for (;;) {
      const { cursor: next, ...page } = await this.#rollupPage(
        name,
        { ...query, limit: MOST, cursor },
        options,
      );
      items.push(...page.items);
      if (next === undefined) return { ...page, items };
      cursor = next;
    }
  }

  async listResults(
    name: string,
    filter: ResultFilter,
    page: PageQuery = {},
    options?: ReadOptions,
  ) {
    return this.#requests.json(
      scorecardResultsSchema,
      pathOf('scorecards', name, 'results'),
      { ...options, query: { ...filter, ...page } },
    );
  }

  async exportResults(
    name: string,
    filter: ResultFilter,
    options?: ReadOptions,
  ) {
    const response = await this.#requests.send(
      pathOf('scorecards', name, 'results'),
      { ...options, query: filter, accept: 'text/csv' },
    );
    return response.blob();
  }

  async getTrend(
    name: string,
    query: { from?: string; to?: string } = {},
    options?: ReadOptions,
  ) {
    return this.#requests.json(
      trendSchema,
      pathOf('scorecards', name, 'trend'),
      { ...options, query },
    );
  }

  async getMovers(
    query: { since: string; scorecard?: string; limit?: number },
    options?: ReadOptions,
  ) {
    return this.#requests.json(moversSchema, 'movers', { ...options, query });
  }

  async getScores(
    entityRef: string,
    query: AsOf & { knowledge?: 'then' | 'now' } = {},
    options?: ReadOptions,
  ) {
    return this.#requests.json(
      entityScoresSchema,
      entityPathOf(entityRef, 'scores'),
      { ...options, query },
    );
  }

  async queryScores(
    entityRefs: string[],
    query: AsOf = {},
    options?: ReadOptions,
  ) {
    const { items } = await this.#requests.json(
      scoresListSchema,
      'scores/query',
      {
        ...options,
        method: 'POST',
        body: { entityRefs, ...query },
      },
    );
    return items;
  }

  async getProof(
    entityRef: string,
    { scorecard, check }: { scorecard: string; check: string },
    query: AsOf = {},
    options?: ReadOptions,
  ) {
    return this.#requests.json(
      checkProofSchema,
      entityPathOf(entityRef, 'checks', scorecard, check, 'proof'),
      { ...options, query },
    );
  }

  async getHistory(
    entityRef: string,
    query: { scorecard?: string } & PageQuery = {},
    options?: ReadOptions,
  ) {
    return this.#requests.json(
      entityHistorySchema,
      entityPathOf(entityRef, 'history'),
      { ...options, query },
    );
  }

  async getFacts(
    entityRef: string,
    query: AsOf & { source?: string } = {},
    options?: ReadOptions,
  ) {
    return this.#requests.json(
      entityFactsSchema,
      entityPathOf(entityRef, 'facts'),
      { ...options, query },
    );
  }

  async getOutages(
    entityRef: string,
    query: { source?: string } & PageQuery = {},
    options?: ReadOptions,
  ) {
    return this.#requests.json(
      entityOutagesSchema,
      entityPathOf(entityRef, 'outages'),
      { ...options, query },
    );
  }

  async evaluate(entityRef: string, options?: ReadOptions) {
    return this.#requests.json(
      entityScoresSchema,
      entityPathOf(entityRef, 'evaluate'),
      { ...options, method: 'POST' },
    );
  }

  async listFactSources(options?: ReadOptions) {
    const { items } = await this.#requests.json(
      factSourceListSchema,
      'fact-sources',
      options,
    );
    return items;
  }

  async listCollectors(options?: ReadOptions) {
    const { items } = await this.#requests.json(
      collectorListSchema,
      'collectors',
      options,
    );
    return items;
  }

  async getDefinitionStatus(
    entityRef: string,
    options?: ReadOptions,
  ): Promise<DefinitionStatus | undefined> {
    const { kind } = parseEntityRef(entityRef);
    const items: DefinitionStatus[] =
      kind.toLocaleLowerCase('en-US') === 'scorecard'
        ? (await this.listScorecards(options)).items
        : await this.listFactSources(options);
    return items.find(({ ref }) => ref === entityRef);
  }

  async #rollupPage(
    name: string,
    query: { by: RollupDimension } & AsOf & PageQuery,
    options?: ReadOptions,
  ) {
    return this.#requests.json(
      rollupSchema,
      pathOf('scorecards', name, 'rollup'),
      { ...options, query },
    );
  }
}
