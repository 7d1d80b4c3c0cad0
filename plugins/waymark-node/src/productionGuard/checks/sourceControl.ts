import { Config } from '@backstage/config';
import { isLoopback } from '../hosts';
import { ProductionCheck, ProductionFinding } from '../types';

const REMEDY =
  'add --config app-config.production.yaml and set GITHUB_ORG; the local forge is for development only';

/** What app-config.production.yaml puts where a variable is not set but app-config.yaml has a value. */
const UNSET = 'unset';

/** Definitions come from GitHub: not from the local forge, not from a file of the server. */
export const checkSourceControl: ProductionCheck = config => {
  const findings: ProductionFinding[] = [];
  const refuseLoopback = (key: string, value: string | undefined) => {
    if (value !== undefined && isLoopback(value)) {
      findings.push({
        key,
        problem: `is ${value}, the local forge or another server on this machine`,
        remedy: REMEDY,
      });
    }
  };

  const integrations =
    config.getOptionalConfigArray('integrations.github') ?? [];
  for (const [index, integration] of integrations.entries()) {
    for (const name of ['host', 'apiBaseUrl', 'rawBaseUrl']) {
      refuseLoopback(
        `integrations.github[${index}].${name}`,
        integration.getOptionalString(name),
      );
    }
    if (!hasCredentials(integration)) {
      findings.push({
        key: `integrations.github[${index}]`,
        problem: 'has no credentials',
        remedy:
          'set GITHUB_APP_ID, GITHUB_APP_CLIENT_ID, GITHUB_APP_CLIENT_SECRET, GITHUB_APP_PRIVATE_KEY and GITHUB_APP_WEBHOOK_SECRET, or GITHUB_TOKEN',
      });
    }
  }
  if (integrations.length === 0) {
    findings.push({
      key: 'integrations.github',
      problem: 'is empty: there is nothing to read the catalog from',
      remedy: REMEDY,
    });
  }

  const discovery = config.getOptionalConfig('catalog.providers.github');
  let organizationMissing = false;
  for (const id of discovery?.keys() ?? []) {
    const provider = discovery!.getOptional(id);
    if (typeof provider === 'object') {
      refuseLoopback(
        `catalog.providers.github.${id}.host`,
        discovery!.getOptionalString(`${id}.host`),
      );
      organizationMissing ||=
        discovery!.getOptionalString(`${id}.organization`) === UNSET;
    }
  }
  for (const [index, provider] of arrayOf(
    config,
    'catalog.providers.githubOrg',
  ).entries()) {
    refuseLoopback(
      `catalog.providers.githubOrg[${index}].githubUrl`,
      provider.getOptionalString('githubUrl'),
    );
    organizationMissing ||=
      provider.getOptionalStringArray('orgs')?.includes(UNSET) ?? false;
  }
  if (organizationMissing) {
    findings.push({
      key: 'catalog.providers',
      problem: 'names no organisation to read',
      remedy: 'set GITHUB_ORG',
    });
  }
  for (const [index, location] of arrayOf(
    config,
    'catalog.locations',
  ).entries()) {
    if (location.getOptionalString('type') === 'file') {
      findings.push({
        key: `catalog.locations[${index}]`,
        problem: 'reads the catalog from a file of the server',
        remedy: 'keep the definition in Git, and remove this location',
      });
    }
  }
  return findings;
};

function hasCredentials(integration: Config): boolean {
  return (
    Boolean(integration.getOptionalString('token')) ||
    (integration.getOptionalConfigArray('apps') ?? []).length > 0
  );
}

function arrayOf(config: Config, key: string): Config[] {
  const value = config.getOptional(key);
  if (Array.isArray(value)) {
    return config.getConfigArray(key);
  }
  return value === undefined ? [] : [config.getConfig(key)];
}
