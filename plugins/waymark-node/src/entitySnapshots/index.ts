export type {
  EntitySnapshotsOptions,
  EntitySnapshotsService,
  ListEntitySnapshotsRequest,
} from './EntitySnapshotsService';
export { entitySnapshotsServiceRef } from './entitySnapshotsServiceRef';
