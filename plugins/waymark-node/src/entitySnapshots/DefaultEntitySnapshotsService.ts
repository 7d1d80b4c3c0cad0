import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import {
  EntitySnapshot,
  SnapshotChanges,
  snapshotChangesSchema,
  SnapshotPage,
  snapshotPageSchema,
} from '@waymark/waymark-common';
import { CatalogApi, queryString } from '../catalogApi/CatalogApi';
import {
  EntitySnapshotsOptions,
  EntitySnapshotsService,
  ListEntitySnapshotsRequest,
} from './EntitySnapshotsService';

/** Reads snapshots over the API of the catalog. */
export class DefaultEntitySnapshotsService implements EntitySnapshotsService {
  readonly #api: CatalogApi;

  static create(options: {
    discovery: DiscoveryService;
    auth: AuthService;
  }): DefaultEntitySnapshotsService {
    return new DefaultEntitySnapshotsService(CatalogApi.create(options));
  }

  private constructor(api: CatalogApi) {
    this.#api = api;
  }

  async get(
    request: { entityRef: string; asOf?: Date },
    options: EntitySnapshotsOptions,
  ): Promise<EntitySnapshot | undefined> {
    const { entityRef, asOf } = request;
    const [snapshot] = await this.query(
      { entityRefs: [entityRef], asOf },
      options,
    );
    return snapshot;
  }

  async query(
    request: { entityRefs: string[]; asOf?: Date },
    options: EntitySnapshotsOptions,
  ): Promise<EntitySnapshot[]> {
    const { items } = await this.#api.fetch(
      snapshotPageSchema,
      'snapshots/query',
      options.credentials,
      { method: 'POST', body: JSON.stringify(request) },
    );
    return items;
  }

  async list(
    request: ListEntitySnapshotsRequest,
    options: EntitySnapshotsOptions,
  ): Promise<SnapshotPage> {
    const parameters = { ...request, asOf: request.asOf?.toISOString() };
    return this.#api.fetch(
      snapshotPageSchema,
      `snapshots?${queryString(parameters)}`,
      options.credentials,
    );
  }

  async changes(
    request: { after: number; limit?: number },
    options: EntitySnapshotsOptions,
  ): Promise<SnapshotChanges> {
    return this.#api.fetch(
      snapshotChangesSchema,
      `snapshots/changes?${queryString(request)}`,
      options.credentials,
    );
  }
}
