import { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_PROJECT_SLUG,
  ANNOTATION_PROJECT_SLUG_MISMATCH,
  RepositoryLocation,
} from '@waymark/waymark-common';

// What lives in a repository of its own. People, templates and definitions are about the firm, not about a repository.
const KINDS_WITH_REPOSITORY = new Set([
  'component',
  'api',
  'resource',
  'system',
]);

/**
 * Gives an entity the project slug of the repository it comes from, or flags the different one that it claims: what is
 * measured through the slug must be the entity's own.
 */
export function annotateProjectSlug(
  entity: Entity,
  source: RepositoryLocation | undefined,
): Entity {
  // Written by hand it could hide a mismatch, or slander.
  const { [ANNOTATION_PROJECT_SLUG_MISMATCH]: _, ...annotations } =
    entity.metadata.annotations ?? {};
  const claimed = annotations[ANNOTATION_PROJECT_SLUG];

  if (source) {
    const own = `${source.owner}/${source.repository}`;
    if (claimed === undefined) {
      if (KINDS_WITH_REPOSITORY.has(entity.kind.toLowerCase())) {
        annotations[ANNOTATION_PROJECT_SLUG] = own;
      }
    } else if (claimed.toLowerCase() !== own.toLowerCase()) {
      annotations[
        ANNOTATION_PROJECT_SLUG_MISMATCH
      ] = `${ANNOTATION_PROJECT_SLUG} says ${claimed}, but this description comes from ${own}`;
    }
  }
  return { ...entity, metadata: { ...entity.metadata, annotations } };
}
