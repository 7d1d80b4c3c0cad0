import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { OperatePerson } from '@waymark/operate-common';

const ANNOTATION_USER_LOGIN = 'github.com/user-login';

/** Names and pictures of the users and groups that an answer mentions, read from the catalog at once. */
export class People {
  readonly #byRef: Map<string, Entity>;

  static async load(options: {
    refs: string[];
    catalog: CatalogService;
    credentials: BackstageCredentials;
  }): Promise<People> {
    const refs = [...new Set(options.refs)];
    const byRef = new Map<string, Entity>();
    if (refs.length > 0) {
      const { items } = await options.catalog.getEntitiesByRefs(
        {
          entityRefs: refs,
          fields: ['kind', 'metadata', 'spec.profile'],
        },
        { credentials: options.credentials },
      );
      items.forEach((entity, index) => {
        if (entity) {
          byRef.set(refs[index], entity);
        }
      });
    }
    return new People(byRef);
  }

  private constructor(byRef: Map<string, Entity>) {
    this.#byRef = byRef;
  }

  has(ref: string): boolean {
    return this.#byRef.has(ref);
  }

  /** A user or group by reference; one that the catalog does not know keeps its bare name. */
  person(ref: string): OperatePerson {
    const entity = this.#byRef.get(ref);
    return entity ? personOf(entity) : { ref, name: parseEntityRef(ref).name };
  }

  /** The author of a commit, linked to the catalog only when the catalog says that the login is theirs. */
  author(name: string, login: string | null): OperatePerson {
    const entity = login ? this.#byRef.get(userRefOf(login)) : undefined;
    return entity?.metadata.annotations?.[ANNOTATION_USER_LOGIN] === login &&
      entity
      ? personOf(entity)
      : { name: name || login || 'unknown' };
  }
}

/** The reference under which the organisation's members are in the catalog. */
export function userRefOf(login: string): string {
  return stringifyEntityRef({ kind: 'User', name: login });
}

/** An entity as the card shows it. */
export function personOf(entity: Entity): OperatePerson {
  const profile = entity.spec?.profile as
    | { displayName?: string; picture?: string }
    | undefined;
  return {
    ref: stringifyEntityRef(entity),
    name: profile?.displayName ?? entity.metadata.title ?? entity.metadata.name,
    picture: profile?.picture,
  };
}
