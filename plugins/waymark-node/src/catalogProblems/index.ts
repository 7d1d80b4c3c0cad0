export type { CatalogProblemsService } from './CatalogProblemsService';
export { catalogProblemsServiceRef } from './catalogProblemsServiceRef';
