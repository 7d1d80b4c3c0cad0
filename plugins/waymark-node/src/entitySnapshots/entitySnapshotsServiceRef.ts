import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { DefaultEntitySnapshotsService } from './DefaultEntitySnapshotsService';
import { EntitySnapshotsService } from './EntitySnapshotsService';

/**
 * Reads entity snapshots from any backend plugin.
 * @public
 */
export const entitySnapshotsServiceRef =
  createServiceRef<EntitySnapshotsService>({
    id: 'waymark.entity-snapshots',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: { discovery: coreServices.discovery, auth: coreServices.auth },
        factory: options => DefaultEntitySnapshotsService.create(options),
      }),
  });
