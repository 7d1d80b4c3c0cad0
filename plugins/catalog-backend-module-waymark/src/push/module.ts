import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogScmEventsServiceRef } from '@backstage/plugin-catalog-node/alpha';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { OrphanSweep } from './OrphanSweep';
import { PushSubscriber } from './PushSubscriber';
import { readDiscoverySources } from './discoverySources';

/**
 * Lets the catalog follow every push within seconds, also where Backstage's own GitHub module would wait for the next
 * scheduled read.
 * @public
 */
export const catalogModuleWaymarkPush = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'waymark-push',
  register({ registerInit }) {
    registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        scheduler: coreServices.scheduler,
        lifecycle: coreServices.lifecycle,
        events: eventsServiceRef,
        scmEvents: catalogScmEventsServiceRef,
      },
      async init({ config, lifecycle, ...services }) {
        const orphans = OrphanSweep.create(services);
        const subscriber = PushSubscriber.create({
          ...services,
          orphans,
          sources: readDiscoverySources(config),
        });
        lifecycle.addStartupHook(() => subscriber.subscribe());
        lifecycle.addShutdownHook(() => orphans.stop());
      },
    });
  },
});
