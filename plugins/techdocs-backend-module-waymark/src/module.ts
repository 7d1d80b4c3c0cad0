import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { techdocsGeneratorExtensionPoint } from '@backstage/plugin-techdocs-node';
import { clockServiceRef } from '@waymark/waymark-node';
import { BuiltinTechdocsGenerator } from './BuiltinTechdocsGenerator';
import { chooseGenerator } from './chooseGenerator';

/**
 * Lets the backend build documentation pages by itself where MkDocs is not installed.
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
        const { generator, reason } = await chooseGenerator(config);
        logger.info(`Documentation is built by ${generator}: ${reason}`);
        if (generator === 'builtin') {
          generators.setTechdocsGenerator(
            BuiltinTechdocsGenerator.create({ config, logger, clock }),
          );
        }
      },
    });
  },
});
