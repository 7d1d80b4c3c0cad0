import { LoggerService } from '@backstage/backend-plugin-api';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { RESOURCE_TYPE_CATALOG_ENTITY } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  Permission,
  PolicyDecision,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import { RESOURCE_TYPE_SCAFFOLDER_TASK } from '@backstage/plugin-scaffolder-common/alpha';
import { Role } from '@waymark/waymark-node';
import { Audience, matrix } from './matrix';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * Deny by default: a permission is granted only if {@link matrix} names it, and only to those it names.
 *
 * @remarks
 *
 * Services that act for themselves do not come here: Backstage decides them by their access restrictions.
 */
export class WaymarkPermissionPolicy implements PermissionPolicy {
  readonly #rolesOf: (userEntityRef: string) => Promise<Role[]>;
  readonly #logger: LoggerService;
  readonly #reported = new Set<string>();

  static create(options: {
    rolesOf(userEntityRef: string): Promise<Role[]>;
    logger: LoggerService;
  }): WaymarkPermissionPolicy {
    return new WaymarkPermissionPolicy(options);
  }

  private constructor(options: {
    rolesOf(userEntityRef: string): Promise<Role[]>;
    logger: LoggerService;
  }) {
    this.#rolesOf = options.rolesOf;
    this.#logger = options.logger;
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return DENY;
    }
    const { permission } = request;
    const audience = matrix.get(permission.name);
    if (!audience) {
      this.#report(permission.name);
      return DENY;
    }
    const roles = await this.#rolesOf(user.info.userEntityRef);
    return decide({ permission, audience, roles, user });
  }

  /** Once each, so that a plugin whose permissions nobody has thought about is noticed, and the log is not flooded. */
  #report(name: string): void {
    // The name comes from the request; do not let a caller fill the memory.
    if (!this.#reported.has(name) && this.#reported.size < 1000) {
      this.#reported.add(name);
      this.#logger.info(
        `Permission ${JSON.stringify(
          name.slice(0, 200),
        )} is not in the matrix, so it is denied to everybody`,
      );
    }
  }
}

function decide(options: {
  permission: Permission;
  audience: Audience;
  roles: Role[];
  user: PolicyQueryUser;
}): PolicyDecision {
  const { permission, audience, roles, user } = options;
  if (audience.writes && roles.includes('audit')) {
    return DENY;
  }
  if (roles.some(role => audience.roles.includes(role))) {
    return ALLOW;
  }
  switch (audience.users) {
    case 'all':
      return ALLOW;
    case 'entityOwners':
      return isResourcePermission(permission, RESOURCE_TYPE_CATALOG_ENTITY)
        ? createCatalogConditionalDecision(
            permission,
            catalogConditions.isEntityOwner({
              claims: user.info.ownershipEntityRefs,
            }),
          )
        : DENY;
    case 'taskCreators':
      return isResourcePermission(permission, RESOURCE_TYPE_SCAFFOLDER_TASK)
        ? createScaffolderTaskConditionalDecision(
            permission,
            scaffolderTaskConditions.isTaskOwner({
              createdBy: [user.info.userEntityRef],
            }),
          )
        : DENY;
    default:
      return DENY;
  }
}
