import { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import { CatalogProcessor } from '@backstage/plugin-catalog-node';
import { parseRepositoryUrl } from '@waymark/waymark-common';
import { annotateProjectSlug } from './projectSlug';
import { ReferenceRules } from './ReferenceRules';
import { TrustRules } from './TrustRules';

/**
 * The second line behind the parser: entities that reach the catalog by another way than a file (a processor, a cached
 * read from a time of other rules) are held to the same rules. Also keeps entities from having the portal read what is not
 * theirs, and ties each to its repository by slug.
 */
export class TrustProcessor implements CatalogProcessor {
  readonly #rules: TrustRules;
  readonly #references: ReferenceRules;

  static create(rules: TrustRules, references: ReferenceRules): TrustProcessor {
    return new TrustProcessor(rules, references);
  }

  private constructor(rules: TrustRules, references: ReferenceRules) {
    this.#rules = rules;
    this.#references = references;
  }

  getProcessorName(): string {
    return 'WaymarkTrustProcessor';
  }

  // Before Backstage's processors (20), which read what placeholders point at.
  getPriority(): number {
    return 10;
  }

  async preProcessEntity(
    entity: Entity,
    location: LocationSpec,
  ): Promise<Entity> {
    const reason =
      this.#rules.refuseEntity(entity, location) ??
      this.#references.refuse(entity, location);
    if (reason) {
      throw new NotAllowedError(reason);
    }
    return annotateProjectSlug(
      entity,
      location.type === 'url' ? parseRepositoryUrl(location.target) : undefined,
    );
  }
}
