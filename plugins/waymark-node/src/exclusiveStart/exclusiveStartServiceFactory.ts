import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { takeStartLock } from './startLock';

const exclusiveStartServiceRef = createServiceRef<object>({
  id: 'waymark.exclusive-start',
  scope: 'root',
});

/**
 * Lets the replicas of a portal on PostgreSQL start one after another.
 *
 * @remarks
 *
 * While they start, plugins make and migrate their databases. Two that do so at once get in each other's way, and the
 * losing one ends. A replica therefore starts its plugins only when no other is about to, at the very first start of all
 * as after an upgrade. On SQLite there is nobody to wait for.
 *
 * @public
 */
export const exclusiveStartServiceFactory = createServiceFactory({
  service: exclusiveStartServiceRef,
  // Nobody depends on it: it is there for what it does before the plugins.
  initialization: 'always',
  deps: {
    config: coreServices.rootConfig,
    logger: coreServices.rootLogger,
    lifecycle: coreServices.rootLifecycle,
  },
  async factory({ config, logger, lifecycle }) {
    const release = await takeStartLock(config, logger);
    if (release) lifecycle.addStartupHook(release);
    return {};
  },
});
