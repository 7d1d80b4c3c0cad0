import {
  UrlReaderService,
  UrlReaderServiceSearchOptions,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { NotFoundError, NotModifiedError } from '@backstage/errors';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { createHash } from 'node:crypto';

const HOST = 'forge.example';

export const fileUrl = (repository: string, path = 'catalog-info.yaml') =>
  `https://${HOST}/acme/${repository}/blob/main/${path}`;

/** How the catalog writes the address of a file once it has resolved it. */
export const treeUrl = (url: string) => url.replace('/blob/', '/tree/');

export const locationName = (target: string) =>
  `generated-${createHash('sha1').update(`url:${target}`).digest('hex')}`;

const annotations = (target: string) => ({
  'backstage.io/managed-by-location': `url:${target}`,
  'backstage.io/managed-by-origin-location': `url:${target}`,
});

/**
 * Files of a forge, read by the catalog as it reads GitHub (with ETags), and the provider that discovers them as the
 * GitHub discovery does. Organisation data comes from the same provider.
 */
export class TestForge implements EntityProvider {
  readonly #files = new Map<string, string>();
  #organisation: Entity[] = [];
  #connection?: EntityProviderConnection;

  getProviderName(): string {
    return 'test-forge';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
  }

  /** Writes files and has the catalog read them, as a push does. */
  async push(files: Record<string, string | undefined>): Promise<void> {
    for (const [url, content] of Object.entries(files)) {
      if (content === undefined) {
        this.#files.delete(url);
      } else {
        this.#files.set(url, content);
      }
    }
    await this.#discover();
    await this.#connection!.refresh({
      keys: Object.keys(files).map(url => `url:${treeUrl(url)}`),
    });
  }

  async setOrganisation(entities: Entity[]): Promise<void> {
    this.#organisation = entities;
    await this.#discover();
  }

  async #discover(): Promise<void> {
    const locations: Entity[] = [...this.#files.keys()].map(target => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Location',
      metadata: {
        name: locationName(target),
        annotations: annotations(target),
      },
      spec: { type: 'url', target, presence: 'optional' },
    }));
    await this.#connection!.applyMutation({
      type: 'full',
      entities: [...locations, ...this.#organisation].map(entity => ({
        entity,
        locationKey: 'test-forge',
      })),
    });
  }

  urlReader() {
    const read = (url: string) => {
      const content = this.#files.get(url.replace('/tree/', '/blob/'));
      if (content === undefined) {
        throw new NotFoundError(`No file at ${url}`);
      }
      const etag = createHash('sha1').update(content).digest('hex');
      return { content: Buffer.from(content), etag };
    };
    const reader: Partial<UrlReaderService> = {
      search: async (url: string, options?: UrlReaderServiceSearchOptions) => {
        const { content, etag } = read(url);
        if (etag === options?.etag) {
          throw new NotModifiedError();
        }
        return { files: [{ url, content: async () => content }], etag };
      },
    };
    return mockServices.urlReader.mock(reader).factory;
  }
}

/** An entity as GitHub's organisation data gives it. */
export function organisationEntity(
  kind: 'Group' | 'User',
  name: string,
  spec: Entity['spec'] = {},
): Entity {
  const page = kind === 'User' ? name : `orgs/acme/teams/${name}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, annotations: annotations(`https://${HOST}/${page}`) },
    spec:
      kind === 'Group'
        ? { type: 'team', children: [], ...spec }
        : { memberOf: [], ...spec },
  };
}
