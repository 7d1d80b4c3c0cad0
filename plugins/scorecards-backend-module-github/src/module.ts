import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { factCollectorsExtensionPoint } from '@waymark/scorecards-node';
import { GithubClients } from '@waymark/waymark-node';
import { GithubCollector } from './collector/GithubCollector';

/**
 * Collects the facts of the source `github`: how a repository is protected, released and worked on.
 * @public
 */
export const scorecardsModuleGithub = createBackendModule({
  pluginId: 'scorecards',
  moduleId: 'github',
  register({ registerInit }) {
    registerInit({
      deps: {
        collectors: factCollectorsExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ collectors, config }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const clients = GithubClients.create({ integrations });
        collectors.addCollector(GithubCollector.create({ clients }));
      },
    });
  },
});
