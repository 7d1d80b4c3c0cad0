import { Minimatch } from 'minimatch';
import { DiscoverySource } from './discoverySources';
import { changedFiles, Push } from './githubEvents';

/** The providers that read a file which a push has changed, or may have changed. */
export function sourcesOf(
  push: Push,
  sources: DiscoverySource[],
): DiscoverySource[] {
  const { html_url: url, default_branch, owner } = push.repository;
  const changed = changedFiles(push);
  return sources.filter(
    source =>
      push.ref === `refs/heads/${source.branch ?? default_branch}` &&
      isOf(source, { url, owner: owner.login }) &&
      (!changed ||
        changed.some(file => new Minimatch(source.catalogPath).match(file))),
  );
}

/**
 * The URLs of the locations with a wildcard that a push has changed something below.
 *
 * @remarks
 *
 * Backstage's provider asks for a refresh of the files that were pushed. A location with a wildcard is not a file: the
 * catalog knows it by its pattern, so it has to be named by that.
 */
export function wildcardLocations(
  push: Push,
  sources: DiscoverySource[],
): string[] {
  const { html_url: url, default_branch } = push.repository;
  return sourcesOf(push, sources)
    .filter(({ catalogPath }) => catalogPath.includes('*'))
    .map(
      ({ branch, catalogPath }) =>
        `${url}/blob/${branch ?? default_branch}/${catalogPath}`,
    );
}

/** Whether a repository is one of those that a provider looks at. */
export function isOf(
  source: DiscoverySource,
  repository: { url: string; owner: string },
): boolean {
  return (
    new URL(repository.url).host === source.host &&
    (source.organization === undefined ||
      source.organization === repository.owner.toLowerCase())
  );
}
