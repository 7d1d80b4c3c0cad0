import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  CatalogProblem,
  catalogProblemPageSchema,
  SNAPSHOT_LIMITS,
} from '@waymark/waymark-common';
import { CatalogApi, queryString } from '../catalogApi/CatalogApi';
import { CatalogProblemsService } from './CatalogProblemsService';

/** Reads problems over the API of the catalog. */
export class DefaultCatalogProblemsService implements CatalogProblemsService {
  readonly #api: CatalogApi;

  static create(options: {
    discovery: DiscoveryService;
    auth: AuthService;
  }): DefaultCatalogProblemsService {
    return new DefaultCatalogProblemsService(CatalogApi.create(options));
  }

  private constructor(api: CatalogApi) {
    this.#api = api;
  }

  async list({
    credentials,
  }: {
    credentials: BackstageCredentials;
  }): Promise<CatalogProblem[]> {
    const problems: CatalogProblem[] = [];
    let cursor: string | undefined;
    do {
      const query = queryString({ limit: SNAPSHOT_LIMITS.page, cursor });
      const page = await this.#api.fetch(
        catalogProblemPageSchema,
        `problems?${query}`,
        credentials,
      );
      problems.push(...page.items);
      cursor = page.cursor;
    } while (cursor !== undefined);
    return problems;
  }
}
