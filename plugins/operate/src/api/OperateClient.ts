import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { OperateAnswer, operateAnswerSchema } from '@waymark/operate-common';
import { OperateApi } from './OperateApi';

/** Asks the operate backend. */
export class OperateClient implements OperateApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): OperateClient {
    return new OperateClient(options.discoveryApi, options.fetchApi);
  }

  private constructor(discoveryApi: DiscoveryApi, fetchApi: FetchApi) {
    this.#discoveryApi = discoveryApi;
    this.#fetchApi = fetchApi;
  }

  async getOperate(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<OperateAnswer> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [kind, namespace, name].map(encodeURIComponent).join('/');
    const baseUrl = await this.#discoveryApi.getBaseUrl('operate');
    const response = await this.#fetchApi.fetch(`${baseUrl}/entities/${path}`, {
      signal: options?.signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return operateAnswerSchema.parse(await response.json());
  }
}
