import { Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import { CatalogProcessor } from '@backstage/plugin-catalog-node';
import { annotateProjectSlug } from './projectSlug';
import { parseRepositoryUrl } from './repositoryUrl';
import { TrustRules } from './TrustRules';

/**
 * The second line behind the parser: entities that reach the catalog by another way than a file (a processor, a cached
 * read from a time of other rules) are held to the same rules. Also ties each entity to its repository by slug.
 */
export class TrustProcessor implements CatalogProcessor {
  readonly #rules: TrustRules;

  static create(rules: TrustRules): TrustProcessor {
    return new TrustProcessor(rules);
  }

  private constructor(rules: TrustRules) {
    this.#rules = rules;
  }

  getProcessorName(): string {
    return 'WaymarkTrustProcessor';
  }

  async preProcessEntity(
    entity: Entity,
    location: LocationSpec,
  ): Promise<Entity> {
    const reason = this.#rules.refuseEntity(entity, location);
    if (reason) {
      throw new NotAllowedError(reason);
    }
    return annotateProjectSlug(
      entity,
      location.type === 'url' ? parseRepositoryUrl(location.target) : undefined,
    );
  }
}
