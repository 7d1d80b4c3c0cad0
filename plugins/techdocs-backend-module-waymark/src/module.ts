import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { techdocsGeneratorExtensionPoint } from '@backstage/plugin-techdocs-node';
import { clockServiceRef } from '@waymark/waymark-node';
import { BuiltinTechdocsGenerator } from './BuiltinTechdocsGenerator';
import { ChoosingTechdocsGenerator } from './ChoosingTechdocsGenerator';

/**
 * Lets the backend build documentation pages by itself where, and as long as, MkDocs is not installed.
 * @public
 */
export const techdocsModuleWaymark = createBackendModule({
  pluginId: 'techdocs',
  moduleId: 'waymark',
  register({ registerInit }) {
    registerInit({
      deps: {
        generators: techdocsGeneratorExtensionPoint,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        clock: clockServiceRef,
      },
      async init({ generators, config, logger, clock }) {
        const generator = ChoosingTechdocsGenerator.create({
          config,
          logger,
          builtin: BuiltinTechdocsGenerator.create({ config, logger, clock }),
        });
        // A wrong setting stops the start, not the first page.
        await generator.prepare();
        generators.setTechdocsGenerator(generator);
      },
    });
  },
});
