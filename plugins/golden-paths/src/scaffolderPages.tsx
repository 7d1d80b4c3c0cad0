import {
  coreExtensionData,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';

const templates = scaffolderPlugin
  .getExtension('sub-page:scaffolder/templates')
  .override({
    factory(originalFactory) {
      const original = originalFactory();
      return originalFactory({
        params: {
          loader: async () => {
            const { TemplatePages } = await import('./pages/TemplatePages');
            return (
              <TemplatePages
                original={original.get(coreExtensionData.reactElement)}
              />
            );
          },
        },
      });
    },
  });

const runs = scaffolderPlugin
  .getExtension('sub-page:scaffolder/tasks')
  .override({
    factory: originalFactory =>
      originalFactory({
        params: {
          title: 'Runs',
          loader: async () => {
            const { RunPages } = await import('./pages/RunPages');
            return <RunPages />;
          },
        },
      }),
  });

/** The pages of Create: templates by intent, their forms with a summary, and runs that explain themselves. @public */
export const scaffolderPagesModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [templates, runs],
});
