import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { searchIndexRegistryExtensionPoint } from '@backstage/plugin-search-backend-node/alpha';
import { ScorecardCollatorFactory } from './ScorecardCollatorFactory';

const KEY = 'search.collators.scorecards.schedule';
/** They are few, and whoever has just pushed one looks for it. */
const SCHEDULE = {
  initialDelay: { seconds: 10 },
  frequency: { minutes: 1 },
  timeout: { minutes: 1 },
};

/**
 * Makes scorecards and their checks findable.
 * @public
 */
export const searchModuleScorecards = createBackendModule({
  pluginId: 'search',
  moduleId: 'waymark-scorecards',
  register({ registerInit }) {
    registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        indexRegistry: searchIndexRegistryExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ auth, config, discovery, indexRegistry, scheduler }) {
        const schedule = config.getOptionalConfig(KEY);
        indexRegistry.addCollator({
          schedule: scheduler.createScheduledTaskRunner(
            schedule
              ? readSchedulerServiceTaskScheduleDefinitionFromConfig(schedule)
              : SCHEDULE,
          ),
          factory: ScorecardCollatorFactory.create({ auth, discovery }),
        });
      },
    });
  },
});
