import { createApiRef } from '@backstage/frontend-plugin-api';
import { CatalogProblem } from '@waymark/waymark-common';

/** Reads what the catalog fails to process. */
export interface ProblemsApi {
  /**
   * The problems that the signed-in person may see, at most 2,000.
   *
   * @throws ResponseError when the backend refuses
   */
  list(options?: { signal?: AbortSignal }): Promise<CatalogProblem[]>;
}

export const problemsApiRef = createApiRef<ProblemsApi>().with({
  id: 'plugin.catalog.waymark-problems',
  pluginId: 'catalog',
});
