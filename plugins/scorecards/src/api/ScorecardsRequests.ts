import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import { z } from 'zod';
import { ReadOptions } from './ScorecardsApi';

export interface RequestOptions extends ReadOptions {
  method?: 'GET' | 'POST';
  query?: object;
  body?: unknown;
  accept?: string;
}

/** Asks the scorecards backend, and believes nothing that is not as agreed. */
export class ScorecardsRequests {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): ScorecardsRequests {
    return new ScorecardsRequests(options.discoveryApi, options.fetchApi);
  }

  private constructor(discoveryApi: DiscoveryApi, fetchApi: FetchApi) {
    this.#discoveryApi = discoveryApi;
    this.#fetchApi = fetchApi;
  }

  /** @param path - relative, each part encoded: see {@link pathOf} */
  async json<T extends z.ZodType>(
    schema: T,
    path: string,
    options: RequestOptions = {},
  ): Promise<z.output<T>> {
    const response = await this.send(path, options);
    return schema.parse(await response.json());
  }

  async send(path: string, options: RequestOptions = {}): Promise<Response> {
    const { method = 'GET', query = {}, body, accept, signal } = options;
    const baseUrl = await this.#discoveryApi.getBaseUrl('scorecards');
    const search = new URLSearchParams(
      Object.entries(query)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [key, String(value)]),
    ).toString();
    const response = await this.#fetchApi.fetch(
      `${baseUrl}/${path}${search && `?${search}`}`,
      {
        method,
        signal,
        headers: {
          ...(accept !== undefined && { accept }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

/** A path of these parts, none of which can lead anywhere else. */
export const pathOf = (...parts: string[]) =>
  parts.map(encodeURIComponent).join('/');

/** The path below which everything about an entity is asked. */
export function entityPathOf(entityRef: string, ...parts: string[]): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return pathOf('entities', kind, namespace, name, ...parts);
}
