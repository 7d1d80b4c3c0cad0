import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  DefinitionStatus,
  factSourceListSchema,
  scorecardListSchema,
} from '@waymark/scorecards-common';
import { z } from 'zod';
import { ScorecardsApi } from './ScorecardsApi';

/** Asks the scorecards backend. */
export class ScorecardsClient implements ScorecardsApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): ScorecardsClient {
    return new ScorecardsClient(options.discoveryApi, options.fetchApi);
  }

  private constructor(discoveryApi: DiscoveryApi, fetchApi: FetchApi) {
    this.#discoveryApi = discoveryApi;
    this.#fetchApi = fetchApi;
  }

  async getDefinitionStatus(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<DefinitionStatus | undefined> {
    const { kind } = parseEntityRef(entityRef);
    const { items } =
      kind.toLocaleLowerCase('en-US') === 'scorecard'
        ? await this.#get(scorecardListSchema, 'scorecards', options)
        : await this.#get(factSourceListSchema, 'fact-sources', options);
    return items.find(({ ref }) => ref === entityRef);
  }

  async #get<T extends z.ZodType>(
    schema: T,
    path: string,
    options?: { signal?: AbortSignal },
  ): Promise<z.output<T>> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('scorecards');
    const response = await this.#fetchApi.fetch(`${baseUrl}/${path}`, {
      signal: options?.signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return schema.parse(await response.json());
  }
}
