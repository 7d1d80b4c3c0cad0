import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorCache,
  CatalogProcessorEmit,
} from '@backstage/plugin-catalog-node';
import stableStringify from 'fast-json-stable-stringify';
import { createHash } from 'node:crypto';

const CACHE_KEY = 'hash';

/**
 * Hints at entities whose description changed. A hint, not the change itself: other processors and the relations of other
 * entities still have their say before the catalog shows the entity.
 */
export class SnapshotHintProcessor implements CatalogProcessor {
  readonly #hint: (ref: string) => void;

  static create(hint: (ref: string) => void): SnapshotHintProcessor {
    return new SnapshotHintProcessor(hint);
  }

  private constructor(hint: (ref: string) => void) {
    this.#hint = hint;
  }

  getProcessorName(): string {
    return 'WaymarkSnapshotHintProcessor';
  }

  async postProcessEntity(
    entity: Entity,
    _location: LocationSpec,
    _emit: CatalogProcessorEmit,
    cache: CatalogProcessorCache,
  ): Promise<Entity> {
    const hash = createHash('sha256')
      .update(stableStringify(entity))
      .digest('hex');
    if ((await cache.get(CACHE_KEY)) !== hash) {
      await cache.set(CACHE_KEY, hash);
      this.#hint(stringifyEntityRef(entity));
      // The place of a group in the tree is stated by it or by the groups above it.
      const children = entity.kind === 'Group' ? entity.spec?.children : [];
      for (const child of Array.isArray(children) ? children : []) {
        this.#hintGroup(String(child), entity.metadata.namespace);
      }
    }
    return entity;
  }

  #hintGroup(text: string, defaultNamespace?: string): void {
    try {
      this.#hint(
        stringifyEntityRef(
          parseEntityRef(text, { defaultKind: 'group', defaultNamespace }),
        ),
      );
    } catch {
      // Not a ref; the catalog reports that as an error of the entity.
    }
  }
}
