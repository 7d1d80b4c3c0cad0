export { CatalogCollector } from './catalog/CatalogCollector';
export { CollectorHealthReader } from './CollectorHealthReader';
export { CollectorRegistry } from './CollectorRegistry';
export {
  CollectorRunner,
  type CollectorRunnerOptions,
} from './CollectorRunner';
