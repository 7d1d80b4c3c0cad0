import { Config } from '@backstage/config';

/** One entry of `catalog.providers.github`, as far as events are concerned. */
export interface DiscoverySource {
  /** The id of the scheduled task that reads it anew. */
  taskId: string;
  /** Lower case; undefined when the provider reads every organisation of a GitHub App. */
  organization?: string;
  /** The host of the URLs of its repositories, with the port. */
  host: string;
  /** Path or pattern in the repository, without the leading slash. */
  catalogPath: string;
  /** The only branch that is read; undefined for the default branch. */
  branch?: string;
}

/** Reads `catalog.providers.github` the way Backstage's own provider does. */
export function readDiscoverySources(config: Config): DiscoverySource[] {
  const providers = config.getOptionalConfig('catalog.providers.github');
  if (!providers) {
    return [];
  }
  if (providers.has('organization') || providers.has('app')) {
    return [readSource('default', providers)];
  }
  return providers.keys().map(id => readSource(id, providers.getConfig(id)));
}

function readSource(id: string, provider: Config): DiscoverySource {
  return {
    taskId: `github-provider:${id}:refresh`,
    organization: provider.getOptionalString('organization')?.toLowerCase(),
    host: provider.getOptionalString('host') ?? 'github.com',
    catalogPath: (
      provider.getOptionalString('catalogPath') ?? '/catalog-info.yaml'
    ).replace(/^\//, ''),
    branch: provider.getOptionalString('filters.branch'),
  };
}
