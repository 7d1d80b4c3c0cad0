import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { factCollectorsExtensionPoint } from '@waymark/scorecards-node';
import { GithubClients } from '@waymark/waymark-node';
import { GitCollector } from './collector/GitCollector';

/**
 * Collects the facts of the source `git`: what lies in the repository of an entity, and who changed it when.
 * @public
 */
export const scorecardsModuleGit = createBackendModule({
  pluginId: 'scorecards',
  moduleId: 'git',
  register({ registerInit }) {
    registerInit({
      deps: {
        collectors: factCollectorsExtensionPoint,
        config: coreServices.rootConfig,
      },
      async init({ collectors, config }) {
        const integrations = ScmIntegrations.fromConfig(config);
        const clients = GithubClients.create({ integrations });
        collectors.addCollector(GitCollector.create({ clients }));
      },
    });
  },
});
