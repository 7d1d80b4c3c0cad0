import {
  coreExtensionData,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { EditorRefusal } from './EditorRefusal';

const EDITOR_PATH = 'edit';

const page = scaffolderPlugin.getExtension('page:scaffolder').override({
  *factory(originalFactory, { inputs }) {
    const offersEditor = inputs.pages.some(
      subPage => subPage.get(coreExtensionData.routePath) === EDITOR_PATH,
    );
    const original = originalFactory();
    for (const value of original) {
      yield offersEditor || value.id !== coreExtensionData.reactElement.id
        ? value
        : coreExtensionData.reactElement(
            <>
              {original.get(coreExtensionData.reactElement)}
              <EditorRefusal />
            </>,
          );
    }
  },
});

// The template editor also runs templates dry.
const editor = scaffolderPlugin
  .getExtension('sub-page:scaffolder/editor')
  .override({
    if: { permissions: { $contains: 'scaffolder.template.management' } },
  });

/** The template editor for those who may manage templates, and for others a sentence in its place. */
export const scaffolderModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [page, editor],
});
