import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_MEMBER_OF,
  RELATION_PARENT_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { AuthOwnershipResolver } from '@backstage/plugin-auth-node';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** Far above any organisation; a tree that is larger is a mistake, and must not make sign-in hang. */
const MAX_GROUPS = 2000;

/**
 * A person owns what their groups own, and what the groups below those own: whoever leads a department answers for its
 * teams. It does not go the other way, or the youngest member of a team would own everything of the department.
 */
export class GroupTreeOwnershipResolver implements AuthOwnershipResolver {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #logger: LoggerService;

  static create(options: {
    auth: AuthService;
    catalog: CatalogService;
    logger: LoggerService;
  }): GroupTreeOwnershipResolver {
    return new GroupTreeOwnershipResolver(options);
  }

  private constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    logger: LoggerService;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#logger = options.logger;
  }

  async resolveOwnershipEntityRefs(
    user: Entity,
  ): Promise<{ ownershipEntityRefs: string[] }> {
    const userRef = stringifyEntityRef(user);
    const groups = new Set<string>();
    let level = relatedGroups(user, RELATION_MEMBER_OF);
    while (level.length > 0) {
      const fresh = level.filter(ref => !groups.has(ref));
      fresh.forEach(ref => groups.add(ref));
      if (groups.size > MAX_GROUPS) {
        this.#logger.warn(
          `${userRef} is above more than ${MAX_GROUPS} groups; the ones further down are left out`,
        );
        break;
      }
      level = await this.#groupsBelow(fresh);
    }
    return { ownershipEntityRefs: [userRef, ...groups] };
  }

  async #groupsBelow(entityRefs: string[]): Promise<string[]> {
    if (entityRefs.length === 0) {
      return [];
    }
    const { items } = await this.#catalog.getEntitiesByRefs(
      { entityRefs, fields: ['kind', 'metadata', 'relations'] },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items.flatMap(group =>
      group ? relatedGroups(group, RELATION_PARENT_OF) : [],
    );
  }
}

function relatedGroups(entity: Entity, relation: string): string[] {
  return (entity.relations ?? [])
    .filter(
      ({ type, targetRef }) =>
        type === relation && targetRef.startsWith('group:'),
    )
    .map(({ targetRef }) => targetRef);
}
