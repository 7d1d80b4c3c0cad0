import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CatalogProblem } from '@waymark/waymark-common';

/**
 * Tells what the catalog fails to process.
 * @public
 */
export interface CatalogProblemsService {
  /** All problems that the reader may know of. */
  list(options: {
    credentials: BackstageCredentials;
  }): Promise<CatalogProblem[]>;
}
