import { ResponseError } from '@backstage/errors';
import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  CatalogProblem,
  catalogProblemPageSchema,
} from '@waymark/waymark-common';
import { ProblemsApi } from './ProblemsApi';

const PAGE = 500;
const MOST_PAGES = 4;

/** Asks the catalog's backend, page by page. */
export class ProblemsClient implements ProblemsApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): ProblemsClient {
    return new ProblemsClient(options.discoveryApi, options.fetchApi);
  }

  private constructor(discoveryApi: DiscoveryApi, fetchApi: FetchApi) {
    this.#discoveryApi = discoveryApi;
    this.#fetchApi = fetchApi;
  }

  async list(options?: { signal?: AbortSignal }): Promise<CatalogProblem[]> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('catalog');
    const problems: CatalogProblem[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const query = new URLSearchParams({ limit: String(PAGE) });
      if (cursor) {
        query.set('cursor', cursor);
      }
      const response = await this.#fetchApi.fetch(
        `${baseUrl}/waymark/problems?${query}`,
        { signal: options?.signal },
      );
      if (!response.ok) {
        throw await ResponseError.fromResponse(response);
      }
      const answer = catalogProblemPageSchema.parse(await response.json());
      problems.push(...answer.items);
      cursor = answer.cursor;
      if (!cursor) {
        break;
      }
    }
    return problems;
  }
}
