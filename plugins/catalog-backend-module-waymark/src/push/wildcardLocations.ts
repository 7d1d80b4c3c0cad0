import { Minimatch } from 'minimatch';
import { DiscoverySource } from './discoverySources';
import { Push } from './githubEvents';

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
  const { html_url: url, default_branch, owner } = push.repository;
  const changed = push.commits.flatMap(({ added, modified, removed }) => [
    ...added,
    ...modified,
    ...removed,
  ]);
  return sources
    .filter(source => {
      const branch = source.branch ?? default_branch;
      return (
        source.catalogPath.includes('*') &&
        push.ref === `refs/heads/${branch}` &&
        isOf(source, { url, owner: owner.login }) &&
        changed.some(file => new Minimatch(source.catalogPath).match(file))
      );
    })
    .map(
      source =>
        `${url}/blob/${source.branch ?? default_branch}/${source.catalogPath}`,
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
