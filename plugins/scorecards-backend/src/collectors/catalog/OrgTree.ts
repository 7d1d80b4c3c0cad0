import {
  RELATION_CHILD_OF,
  RELATION_MEMBER_OF,
} from '@backstage/catalog-model';
import { TrackedEntity } from '../../entities/tables';

type Member = Pick<TrackedEntity, 'ref' | 'kind' | 'entity'>;

/** What the group tree knows of an owner. */
export interface OwnerStanding {
  exists: boolean;
  /** Refs of the people in the group and the groups below it. */
  people: ReadonlySet<string>;
  /** Refs of the group and the groups below it. */
  groups: ReadonlySet<string>;
}

/** The groups of the catalog, and who is in them. */
export class OrgTree {
  readonly #refs = new Set<string>();
  /** By ref of the group. */
  readonly #children = new Map<string, string[]>();
  readonly #members = new Map<string, string[]>();

  /** @param entities - every group and user */
  static of(entities: Iterable<Member>): OrgTree {
    return new OrgTree(entities);
  }

  private constructor(entities: Iterable<Member>) {
    for (const { ref, kind, entity } of entities) {
      this.#refs.add(ref);
      for (const { type, targetRef } of entity.relations ?? []) {
        if (kind === 'group' && type === RELATION_CHILD_OF) {
          append(this.#children, targetRef, ref);
        } else if (kind === 'user' && type === RELATION_MEMBER_OF) {
          append(this.#members, targetRef, ref);
        }
      }
    }
  }

  standingOf(owner: string): OwnerStanding {
    const exists = this.#refs.has(owner);
    const groups = new Set([owner]);
    if (!exists || !owner.startsWith('group:')) {
      return { exists, people: new Set(exists ? [owner] : []), groups };
    }
    // What is added on the way is visited too; a cycle adds nothing.
    for (const group of groups) {
      this.#children.get(group)?.forEach(child => groups.add(child));
    }
    return {
      exists,
      groups,
      people: new Set(
        [...groups].flatMap(group => this.#members.get(group) ?? []),
      ),
    };
  }
}

function append(lists: Map<string, string[]>, key: string, value: string) {
  const list = lists.get(key) ?? [];
  list.push(value);
  lists.set(key, list);
}
