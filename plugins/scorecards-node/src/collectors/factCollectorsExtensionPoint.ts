import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { FactCollector } from './FactCollector';

/**
 * Where modules add collectors of facts.
 * @public
 */
export interface FactCollectorsExtensionPoint {
  /** @throws Error when there is a collector of that id already */
  addCollector(...collectors: FactCollector[]): void;
}

/**
 * Where modules add collectors of facts to the scorecards backend.
 * @public
 */
export const factCollectorsExtensionPoint =
  createExtensionPoint<FactCollectorsExtensionPoint>({
    id: 'scorecards.factCollectors',
  });
