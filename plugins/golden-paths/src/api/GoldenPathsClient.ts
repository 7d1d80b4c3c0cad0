import { ResponseError } from '@backstage/errors';
import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  NameAvailability,
  nameAvailabilitySchema,
} from '@waymark/golden-paths-common';
import { GoldenPathsApi } from './GoldenPathsApi';

/** Asks the golden-paths module of the scaffolder backend. */
export class GoldenPathsClient implements GoldenPathsApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): GoldenPathsClient {
    return new GoldenPathsClient(options.discoveryApi, options.fetchApi);
  }

  private constructor(discoveryApi: DiscoveryApi, fetchApi: FetchApi) {
    this.#discoveryApi = discoveryApi;
    this.#fetchApi = fetchApi;
  }

  async checkName(
    name: string,
    options?: { signal?: AbortSignal },
  ): Promise<NameAvailability> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('scaffolder');
    const response = await this.#fetchApi.fetch(
      `${baseUrl}/golden-paths/names/${encodeURIComponent(name)}`,
      { signal: options?.signal },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return nameAvailabilitySchema.parse(await response.json());
  }
}
