import { Config } from '@backstage/config';
import { isLoopback } from '../hosts';
import { ProductionCheck, ProductionFinding } from '../types';

const REMEDY =
  'add --config app-config.production.yaml and set GITHUB_ORG; the local forge is for development only';

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
  for (const id of discovery?.keys() ?? []) {
    const provider = discovery!.getOptional(id);
    if (typeof provider === 'object') {
      refuseLoopback(
        `catalog.providers.github.${id}.host`,
        discovery!.getOptionalString(`${id}.host`),
      );
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
