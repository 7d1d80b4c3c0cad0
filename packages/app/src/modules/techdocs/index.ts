import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { isTechDocsAvailable } from '@backstage/plugin-techdocs';
import techdocsPlugin from '@backstage/plugin-techdocs/alpha';

/** The documentation tab, only where there is documentation. */
export const techdocsModule = createFrontendModule({
  pluginId: 'techdocs',
  extensions: [
    techdocsPlugin
      .getExtension('entity-content:techdocs')
      .override({ params: { title: 'Docs', filter: isTechDocsAvailable } }),
  ],
});
