import { createFrontendModule } from '@backstage/frontend-plugin-api';
import catalogGraphPlugin from '@backstage/plugin-catalog-graph/alpha';

const DEPTH = 2;

/** The graph begins with the neighbourhood of an entity: everything that hangs together is a page of lines. */
export const catalogGraphModule = createFrontendModule({
  pluginId: 'catalog-graph',
  extensions: [
    catalogGraphPlugin.getExtension('page:catalog-graph').override({
      factory: (originalFactory, { config }) =>
        originalFactory({
          config: { ...config, maxDepth: config.maxDepth ?? DEPTH },
        }),
    }),
  ],
});
