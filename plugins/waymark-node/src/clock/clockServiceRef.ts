import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { Clock } from './Clock';
import { SystemClock } from './SystemClock';

/**
 * The clock of the backend, one for all plugins. By default the {@link SystemClock}; tests install a `ManualClock`
 * (`@waymark/waymark-node/testUtils`).
 * @public
 */
export const clockServiceRef = createServiceRef<Clock>({
  id: 'waymark.clock',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) => SystemClock.fromConfig(config),
    }),
});
