import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { permissionRules } from '@backstage/plugin-catalog-backend/alpha';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';

const authorize = createConditionAuthorizer(Object.values(permissionRules));

/** Which entities somebody may do something to. */
export interface EntityDecision {
  /** True when there is no need to look at each entity. */
  all: boolean;
  /** @param entity - as the catalog says it, or said it */
  allows(entity: object): boolean;
}

/**
 * Who may read and do what. For entities it is the very decision of the catalog's own permissions: its conditions are
 * applied to the entity as it is tracked here.
 */
export class EntityAccess {
  readonly #permissions: PermissionsService;

  static create(options: { permissions: PermissionsService }): EntityAccess {
    return new EntityAccess(options.permissions);
  }

  private constructor(permissions: PermissionsService) {
    this.#permissions = permissions;
  }

  /** What the reader may see. */
  reader(credentials: BackstageCredentials): Promise<EntityDecision> {
    return this.decide(catalogEntityReadPermission, credentials);
  }

  async decide(
    permission: ResourcePermission<'catalog-entity'>,
    credentials: BackstageCredentials,
  ): Promise<EntityDecision> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.CONDITIONAL) {
      return {
        all: false,
        allows: entity => authorize(decision, entity as Entity),
      };
    }
    const all = decision.result === AuthorizeResult.ALLOW;
    return { all, allows: () => all };
  }

  /** @throws NotAllowedError when a permission that is about no entity is not granted */
  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.grants(permission, credentials))) {
      throw new NotAllowedError(`You may not: ${permission.name}`);
    }
  }

  /** Whether a permission that is about no entity is granted. */
  async grants(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    return result === AuthorizeResult.ALLOW;
  }
}
