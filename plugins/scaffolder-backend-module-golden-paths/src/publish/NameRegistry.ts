import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { ForgeConnection } from '../forge/Forge';
import { RepositoryClaims } from './RepositoryClaims';
import { RepositoryMark } from './RepositoryMark';

/** No run at all: nothing that exists is its own. */
const NOBODY: RepositoryMark = { taskId: '', templateRef: '', owner: '' };

/** Kinds that a golden path makes under the name of its component. */
const KINDS = ['Component', 'API'];

/** Knows which names of components are taken: by an entity, or by a repository. */
export class NameRegistry {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #claims: RepositoryClaims;

  static create(options: {
    auth: AuthService;
    catalog: CatalogService;
    claims: RepositoryClaims;
  }): NameRegistry {
    return new NameRegistry(options);
  }

  private constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    claims: RepositoryClaims;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#claims = options.claims;
  }

  /**
   * Why a component cannot have the name, one sentence each; empty when it can.
   *
   * @param run - the run that wants it; what it has begun itself is not in its way
   */
  async reasonsAgainst(options: {
    name: string;
    connection: ForgeConnection;
    run?: RepositoryMark;
    credentials: BackstageCredentials;
  }): Promise<string[]> {
    const { name, connection, run = NOBODY, credentials } = options;
    const claim = await this.#claims.inspect(connection, run, credentials);
    if (claim.state === 'own') {
      return [];
    }
    const reasons = await this.#entities(name);
    if (claim.state === 'foreign') {
      reasons.push(
        `there is already a repository ${connection.owner}/${connection.name}`,
      );
    }
    return reasons;
  }

  async #entities(name: string): Promise<string[]> {
    // As the portal itself: a name is taken even when the user may not see by whom.
    const credentials = await this.#auth.getOwnServiceCredentials();
    const { items } = await this.#catalog.getEntitiesByRefs(
      {
        entityRefs: KINDS.map(kind => `${kind}:default/${name}`.toLowerCase()),
        fields: ['kind', 'metadata.name'],
      },
      { credentials },
    );
    return items.flatMap(entity =>
      entity
        ? [
            `there is already ${entity.kind === 'API' ? 'an' : 'a'} ${
              entity.kind
            } "${name}"`,
          ]
        : [],
    );
  }
}
