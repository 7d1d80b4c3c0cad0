import { ANNOTATION_LOCATION, Entity } from '@backstage/catalog-model';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { parseRepositoryUrl } from '@waymark/waymark-common';

/** Where the description of an entity lies in a GitHub repository. */
export interface EntitySource {
  /** Address of the description file. */
  url: string;
  /** Scheme, host and port of the forge. */
  origin: string;
  /** Host of the integration, with port if any. */
  host: string;
  owner: string;
  repository: string;
  /** Branch or tag the description was read from. */
  ref: string;
  /** Folder of the description within the repository; empty for the root. */
  folder: string;
}

/**
 * Finds where an entity's description lies; `undefined` when it does not come
 * from a file of a GitHub integration.
 *
 * @remarks
 *
 * Reads `backstage.io/managed-by-location`, which the catalog sets itself: the
 * other location annotations may be written by whoever writes the entity.
 */
export function findEntitySource(
  entity: Entity,
  integrations: ScmIntegrationRegistry,
): EntitySource | undefined {
  const location = entity.metadata.annotations?.[ANNOTATION_LOCATION];
  if (!location?.startsWith('url:')) {
    return undefined;
  }
  const target = location.slice('url:'.length);
  const integration = integrations.github.byUrl(target);
  const file = parseRepositoryUrl(target);
  if (!integration || !file) {
    return undefined;
  }
  // Like the reader of addresses, which takes a branch for one segment.
  const [ref, ...path] = file.branchAndPath.split('/');
  return {
    url: target,
    origin: new URL(target).origin,
    host: integration.config.host,
    owner: file.owner,
    repository: file.repository,
    ref,
    folder: path.slice(0, -1).join('/'),
  };
}
