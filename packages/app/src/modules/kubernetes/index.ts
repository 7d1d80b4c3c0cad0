import {
  configApiRef,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import kubernetesPlugin from '@backstage/plugin-kubernetes/alpha';

const content = kubernetesPlugin.getExtension(
  'entity-content:kubernetes/kubernetes',
);

/** The Kubernetes tab, only where a cluster is configured: without one it could show nothing but an error. */
export const kubernetesModule = createFrontendModule({
  pluginId: 'kubernetes',
  extensions: [
    content.override({
      factory(originalFactory, { apis }) {
        const locators = apis
          .get(configApiRef)
          ?.getOptional('kubernetes.clusterLocatorMethods');
        const hasCluster = Array.isArray(locators) && locators.length > 0;
        return originalFactory(
          hasCluster ? undefined : { params: { filter: () => false } },
        );
      },
    }),
  ],
});
