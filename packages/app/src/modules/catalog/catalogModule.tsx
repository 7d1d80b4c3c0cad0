import {
  coreExtensionData,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import {
  EntityCardBlueprint,
  EntityContentLayoutBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { orderCards } from './cardOrder';
import { hasRelation } from './relations';

const page = catalogPlugin.getExtension('page:catalog').override({
  factory: (originalFactory, { inputs }) =>
    originalFactory({
      params: {
        loader: async () => {
          const { CatalogPage } = await import('./CatalogPage');
          const filters = inputs.filters.map(filter =>
            filter.get(coreExtensionData.reactElement),
          );
          return <CatalogPage title="Catalog" filters={filters} />;
        },
      },
    }),
});

// Who opens the catalog looks for something; what is theirs is on the home page.
const listFilter = catalogPlugin
  .getExtension('catalog-filter:catalog/list')
  .override({
    factory: originalFactory =>
      originalFactory({ config: { initialFilter: 'all' } }),
  });

const overview = catalogPlugin
  .getExtension('entity-content:catalog/overview')
  .override({
    factory: (originalFactory, { inputs }) =>
      originalFactory({
        inputs: { layouts: inputs.layouts, cards: orderCards(inputs.cards) },
      }),
  });

const overviewLayout = EntityContentLayoutBlueprint.make({
  name: 'overview',
  params: {
    loader: async () => (await import('./OverviewLayout')).OverviewLayout,
  },
});

const dependants = EntityCardBlueprint.make({
  name: 'dependants',
  params: {
    filter: hasRelation('dependencyOf'),
    loader: async () => {
      const { DependantsCard } = await import('./DependantsCard');
      return <DependantsCard />;
    },
  },
});

// Core shows it disabled to those who may not; what a person cannot do should not be offered.
const unregister = catalogPlugin
  .getExtension('entity-context-menu-item:catalog/unregister-entity')
  .override({ if: { permissions: { $contains: 'catalog.entity.delete' } } });

const dependsOnComponents = catalogPlugin
  .getExtension('entity-card:catalog/depends-on-components')
  .override({ params: { filter: hasRelation('dependsOn', 'component') } });
const dependsOnResources = catalogPlugin
  .getExtension('entity-card:catalog/depends-on-resources')
  .override({ params: { filter: hasRelation('dependsOn', 'resource') } });
const subcomponents = catalogPlugin
  .getExtension('entity-card:catalog/has-subcomponents')
  .override({ params: { filter: hasRelation('hasPart', 'component') } });
const resources = catalogPlugin
  .getExtension('entity-card:catalog/has-resources')
  .override({ params: { filter: hasRelation('hasPart', 'resource') } });
const subdomains = catalogPlugin
  .getExtension('entity-card:catalog/has-subdomains')
  .override({ params: { filter: hasRelation('hasPart', 'domain') } });

/** Entity pages: what an incident needs first, and no card or tab that has nothing to say. */
export const catalogModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [
    page,
    listFilter,
    overview,
    overviewLayout,
    unregister,
    dependants,
    dependsOnComponents,
    dependsOnResources,
    subcomponents,
    resources,
    subdomains,
  ],
});
