import { basename } from 'node:path/posix';
import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  parseRepositoryReference,
  parseRepositoryUrl,
} from '@waymark/waymark-common';
import { EntitySource, findEntitySource } from './EntitySource';

/** What an annotation points at. */
export interface ResolvedReference {
  /** Where a person can open it. */
  url: string;
  /** The file name, or the host of a page elsewhere. */
  title: string;
  /** Whether the URL names a file that can be read through an integration. */
  readable: boolean;
}

/**
 * Resolves an annotation of an entity that points at a file or page.
 *
 * @returns `undefined` when the entity has no such annotation
 * @throws InputError when its value is no reference, naming the annotation
 */
export function resolveReference(
  entity: Entity,
  annotation: string,
  integrations: ScmIntegrationRegistry,
): ResolvedReference | undefined {
  const value = entity.metadata.annotations?.[annotation];
  if (value === undefined) {
    return undefined;
  }
  const source = findEntitySource(entity, integrations);
  const result = parseRepositoryReference(value, { scmHost: source?.host });
  if (!result.ok) {
    throw new InputError(`${annotation}: ${result.reason}`);
  }
  const { reference } = result;
  if (reference.kind === 'url') {
    return resolveUrl(reference.url, integrations);
  }
  if (!source) {
    throw new InputError(
      `${annotation}: "${value}" is relative to a repository, but ${entity.kind} ${entity.metadata.name} is not described in one`,
    );
  }
  return reference.kind === 'path'
    ? fileOf(
        source,
        [source.owner, source.repository, 'blob', source.ref],
        source.folder ? `${source.folder}/${reference.path}` : reference.path,
      )
    : // `HEAD` is the default branch of the other repository, whatever its name.
      fileOf(
        source,
        [reference.owner, reference.repository, 'blob', 'HEAD'],
        reference.path,
      );
}

function fileOf(
  source: EntitySource,
  repository: string[],
  path: string,
): ResolvedReference {
  const segments = [...repository, ...path.split('/')];
  return {
    url: `${source.origin}/${segments.map(encodeURIComponent).join('/')}`,
    title: segments[segments.length - 1],
    readable: true,
  };
}

function resolveUrl(
  url: string,
  integrations: ScmIntegrationRegistry,
): ResolvedReference {
  const { origin, host, pathname } = new URL(url);
  // Without what people add to it, such as the number of a line.
  const file = parseRepositoryUrl(origin + pathname);
  return file?.view === 'blob' && integrations.github.byUrl(url)
    ? { url, title: basename(file.branchAndPath), readable: true }
    : { url, title: host, readable: false };
}
