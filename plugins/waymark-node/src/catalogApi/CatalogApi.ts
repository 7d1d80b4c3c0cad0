import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

/** Asks what Waymark has added to the API of the catalog. */
export class CatalogApi {
  readonly #discovery: DiscoveryService;
  readonly #auth: AuthService;

  static create(options: {
    discovery: DiscoveryService;
    auth: AuthService;
  }): CatalogApi {
    return new CatalogApi(options.discovery, options.auth);
  }

  private constructor(discovery: DiscoveryService, auth: AuthService) {
    this.#discovery = discovery;
    this.#auth = auth;
  }

  /**
   * @param path - below `/waymark`
   * @throws ResponseError when the catalog refuses
   */
  async fetch<T extends z.ZodType>(
    schema: T,
    path: string,
    credentials: BackstageCredentials,
    init: RequestInit = {},
  ): Promise<z.output<T>> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'catalog',
    });
    const baseUrl = await this.#discovery.getBaseUrl('catalog');
    const response = await fetch(`${baseUrl}/waymark/${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return schema.parse(await response.json());
  }
}

/** Parameters of a request; those that are undefined are left out. */
export function queryString(parameters: object): URLSearchParams {
  return new URLSearchParams(
    Object.entries(parameters)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, String(value)]),
  );
}
