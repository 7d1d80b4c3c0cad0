import { createFrontendModule } from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';

/** The template editor, which also runs templates dry, only for those who may manage templates. */
export const scaffolderModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [
    scaffolderPlugin.getExtension('sub-page:scaffolder/editor').override({
      if: { permissions: { $contains: 'scaffolder.template.management' } },
    }),
  ],
});
