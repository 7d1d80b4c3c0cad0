import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { clockServiceRef } from '@waymark/waymark-node';
import { readOperateConfig } from './config';
import { createRouter } from './router';
import { OperateService } from './OperateService';
import { CommitReader } from './sources/CommitReader';
import { FileReader } from './sources/FileReader';

/** The backend of the Operate card: what an incident needs to know of an entity. @public */
export const operatePlugin = createBackendPlugin({
  pluginId: 'operate',
  register(env) {
    env.registerInit({
      deps: {
        cache: coreServices.cache,
        catalog: catalogServiceRef,
        clock: clockServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        urlReader: coreServices.urlReader,
      },
      async init(services) {
        const { cache, catalog, clock, config, logger } = services;
        const integrations = ScmIntegrations.fromConfig(config);
        const operate = OperateService.create({
          catalog,
          clock,
          logger,
          integrations,
          files: FileReader.create({
            cache,
            clock,
            urlReader: services.urlReader,
          }),
          commits: CommitReader.create({ cache, clock, integrations }),
          config: readOperateConfig(config),
        });
        services.httpRouter.use(
          await createRouter({ httpAuth: services.httpAuth, operate }),
        );
      },
    });
  },
});
