import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import {
  EntitySnapshot,
  SnapshotChanges,
  snapshotChangesSchema,
  SnapshotPage,
  snapshotPageSchema,
} from '@waymark/waymark-common';
import { z } from 'zod';
import {
  EntitySnapshotsOptions,
  EntitySnapshotsService,
  ListEntitySnapshotsRequest,
} from './EntitySnapshotsService';

/** Reads snapshots over the API of the catalog. */
export class DefaultEntitySnapshotsService implements EntitySnapshotsService {
  readonly #discovery: DiscoveryService;
  readonly #auth: AuthService;

  static create(options: {
    discovery: DiscoveryService;
    auth: AuthService;
  }): DefaultEntitySnapshotsService {
    return new DefaultEntitySnapshotsService(options.discovery, options.auth);
  }

  private constructor(discovery: DiscoveryService, auth: AuthService) {
    this.#discovery = discovery;
    this.#auth = auth;
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
    const { items } = await this.#fetch(
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
    return this.#fetch(
      snapshotPageSchema,
      `snapshots?${queryString(parameters)}`,
      options.credentials,
    );
  }

  async changes(
    request: { after: number; limit?: number },
    options: EntitySnapshotsOptions,
  ): Promise<SnapshotChanges> {
    return this.#fetch(
      snapshotChangesSchema,
      `snapshots/changes?${queryString(request)}`,
      options.credentials,
    );
  }

  async #fetch<T extends z.ZodType>(
    schema: T,
    path: string,
    credentials: BackstageCredentials,
    init: RequestInit = {},
  ): Promise<z.output<T>> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: 'catalog',
    });
    const baseUrl = await this.#discovery.getBaseUrl('catalog');
    const response = await fetch(`${baseUrl}/waymark/${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return schema.parse(await response.json());
  }
}

function queryString(parameters: object): URLSearchParams {
  return new URLSearchParams(
    Object.entries(parameters)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, String(value)]),
  );
}
