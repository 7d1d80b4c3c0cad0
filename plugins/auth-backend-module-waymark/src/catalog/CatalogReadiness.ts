import { AuthService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Clock } from '@waymark/waymark-node';

/** Tells an empty catalog, right after the first start, from a user who is not in it. */
export class CatalogReadiness {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #clock: Clock;
  readonly #startedAt: Date;

  static create(options: {
    auth: AuthService;
    catalog: CatalogService;
    clock: Clock;
  }): CatalogReadiness {
    return new CatalogReadiness(options);
  }

  private constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    clock: Clock;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#clock = options.clock;
    this.#startedAt = options.clock.now();
  }

  /** @throws ServiceUnavailableError while the catalog does not hold a single user. */
  async assertHasUsers(): Promise<void> {
    const { items } = await this.#catalog.queryEntities(
      { filter: { kind: 'User' }, limit: 1, totalItems: 'exclude' },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    if (items.length === 0) {
      const seconds = Math.round(
        (this.#clock.now().getTime() - this.#startedAt.getTime()) / 1000,
      );
      throw new ServiceUnavailableError(
        `The catalog is still loading people from Git, ${seconds} s after the start. Try again in a few seconds.`,
      );
    }
  }
}
