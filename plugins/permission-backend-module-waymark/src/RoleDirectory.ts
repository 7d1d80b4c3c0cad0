import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { toError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Clock, Role, RoleGroups, ROLES } from '@waymark/waymark-node';

const MAX_AGE_MILLIS = 15_000;

/**
 * Which roles somebody holds now.
 *
 * @remarks
 *
 * Asked of the catalog and not of the session. A session also owns what the groups further down own, and whoever leads a
 * department is not an auditor because one of its teams is; and who leaves the platform team is to lose its rights within
 * seconds, not when the session ends.
 */
export class RoleDirectory {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #groups: RoleGroups;
  readonly #known = new Map<
    string,
    { roles: Promise<Role[]>; until: number }
  >();

  static create(options: {
    auth: AuthService;
    catalog: CatalogService;
    clock: Clock;
    logger: LoggerService;
    groups: RoleGroups;
  }): RoleDirectory {
    return new RoleDirectory(options);
  }

  private constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    clock: Clock;
    logger: LoggerService;
    groups: RoleGroups;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#groups = options.groups;
  }

  /** The roles of a user; none when the catalog cannot be asked. */
  async rolesOf(userEntityRef: string): Promise<Role[]> {
    const now = this.#clock.now().getTime();
    const known = this.#known.get(userEntityRef);
    if (known && known.until > now) {
      return known.roles;
    }
    for (const [ref, { until }] of this.#known) {
      if (until <= now) {
        this.#known.delete(ref);
      }
    }
    const roles = this.#read(userEntityRef).catch(error => {
      this.#known.delete(userEntityRef);
      this.#logger.warn(
        `Roles of ${userEntityRef} are unknown, so it holds none`,
        toError(error),
      );
      return [];
    });
    this.#known.set(userEntityRef, { roles, until: now + MAX_AGE_MILLIS });
    return roles;
  }

  async #read(userEntityRef: string): Promise<Role[]> {
    const user = await this.#catalog.getEntityByRef(userEntityRef, {
      credentials: await this.#auth.getOwnServiceCredentials(),
    });
    const memberOf = (user?.relations ?? [])
      .filter(({ type }) => type === RELATION_MEMBER_OF)
      .map(({ targetRef }) => targetRef);
    return ROLES.filter(role =>
      this.#groups[role].some(group => memberOf.includes(group)),
    );
  }
}
