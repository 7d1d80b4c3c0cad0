import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { CatalogProblemsService } from './CatalogProblemsService';
import { DefaultCatalogProblemsService } from './DefaultCatalogProblemsService';

/**
 * Reads from any backend plugin what the catalog fails to process.
 * @public
 */
export const catalogProblemsServiceRef =
  createServiceRef<CatalogProblemsService>({
    id: 'waymark.catalog-problems',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { discovery: coreServices.discovery, auth: coreServices.auth },
        factory: options => DefaultCatalogProblemsService.create(options),
      }),
  });
