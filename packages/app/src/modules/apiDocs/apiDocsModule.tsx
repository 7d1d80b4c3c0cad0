import { createFrontendModule } from '@backstage/frontend-plugin-api';
import apiDocsPlugin from '@backstage/plugin-api-docs/alpha';
import { hasRelation } from '../catalog/relations';

const page = apiDocsPlugin.getExtension('page:api-docs').override({
  factory: originalFactory =>
    originalFactory({
      params: {
        loader: async () => {
          const { ApisPage } = await import('./ApisPage');
          return <ApisPage />;
        },
      },
    }),
});

/** The definition and the APIs of a component have tabs of their own: no copy on the overview, no empty tab. */
export const apiDocsModule = createFrontendModule({
  pluginId: 'api-docs',
  extensions: [
    page,
    apiDocsPlugin
      .getExtension('entity-card:api-docs/definition')
      .override({ disabled: true }),
    apiDocsPlugin
      .getExtension('entity-card:api-docs/provided-apis')
      .override({ disabled: true }),
    apiDocsPlugin
      .getExtension('entity-card:api-docs/consumed-apis')
      .override({ disabled: true }),
    apiDocsPlugin.getExtension('entity-content:api-docs/apis').override({
      params: {
        filter: entity =>
          hasRelation('providesApi')(entity) ||
          hasRelation('consumesApi')(entity),
      },
    }),
    apiDocsPlugin
      .getExtension('entity-card:api-docs/providing-components')
      .override({ params: { filter: hasRelation('apiProvidedBy') } }),
    apiDocsPlugin
      .getExtension('entity-card:api-docs/consuming-components')
      .override({ params: { filter: hasRelation('apiConsumedBy') } }),
  ],
});
