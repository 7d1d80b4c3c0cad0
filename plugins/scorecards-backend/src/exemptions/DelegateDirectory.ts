import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { EntityStore } from '../entities/EntityStore';
import { Delegates } from './notices';

/** On a Group: who may decide about exemptions in its place, users or groups with commas between them. */
export const DELEGATES_ANNOTATION = 'waymark.dev/exemption-delegates';

/** Who may decide in the place of groups. Only the trusted repositories describe groups, so the catalog is believed. */
export class DelegateDirectory {
  readonly #entities: EntityStore;

  static create(options: { entities: EntityStore }): DelegateDirectory {
    return new DelegateDirectory(options.entities);
  }

  private constructor(entities: EntityStore) {
    this.#entities = entities;
  }

  /** By ref of the group. */
  async of(groups: readonly string[]): Promise<Delegates> {
    const found = await this.#entities.byRefs([...new Set(groups)]);
    return new Map(
      found
        .filter(({ kind }) => kind === 'group')
        .map(({ ref, entity }) => [
          ref,
          delegatesIn(
            (entity as Entity).metadata.annotations?.[DELEGATES_ANNOTATION],
          ),
        ]),
    );
  }
}

function delegatesIn(annotation: string | undefined): string[] {
  return (annotation ?? '').split(',').flatMap(text => {
    try {
      const ref = parseEntityRef(text.trim(), {
        defaultKind: 'user',
        defaultNamespace: 'default',
      });
      return stringifyEntityRef(ref);
    } catch {
      // What names nobody lets nobody in.
      return [];
    }
  });
}
