import { Config } from '@backstage/config';
import { ProductionCheck, ProductionFinding } from '../types';

const DEVELOPMENT_PROVIDERS = ['personas', 'guest'];
const SHARED_TENANTS = ['common', 'organizations', 'consumers'];

/** What each provider cannot do without, and the variable that app-config.production.yaml reads it from. */
const REQUIRED_SETTINGS: Record<string, Record<string, string>> = {
  oidc: {
    clientId: 'AUTH_OIDC_CLIENT_ID',
    clientSecret: 'AUTH_OIDC_CLIENT_SECRET',
    metadataUrl: 'AUTH_OIDC_METADATA_URL',
  },
  okta: {
    clientId: 'AUTH_OKTA_CLIENT_ID',
    clientSecret: 'AUTH_OKTA_CLIENT_SECRET',
    audience: 'AUTH_OKTA_AUDIENCE',
  },
  microsoft: {
    clientId: 'AUTH_MICROSOFT_CLIENT_ID',
    clientSecret: 'AUTH_MICROSOFT_CLIENT_SECRET',
    tenantId: 'AUTH_MICROSOFT_TENANT_ID',
  },
  github: {
    clientId: 'AUTH_GITHUB_CLIENT_ID',
    clientSecret: 'AUTH_GITHUB_CLIENT_SECRET',
  },
};

/** Nobody chooses who they are, and somebody can sign in. */
export const checkSignIn: ProductionCheck = config => {
  const providers = config.getOptionalConfig('auth.providers');
  const ids = providers?.keys() ?? [];
  const findings: ProductionFinding[] = [];

  for (const id of ids.filter(name => DEVELOPMENT_PROVIDERS.includes(name))) {
    findings.push({
      key: `auth.providers.${id}`,
      problem: `lets everybody in as whom they like`,
      remedy: `remove it; sign-in comes from AUTH_OIDC_*, AUTH_OKTA_*, AUTH_MICROSOFT_* or AUTH_GITHUB_*`,
    });
  }
  for (const id of config.getOptionalStringArray('waymark.auth.signIn') ?? []) {
    if (DEVELOPMENT_PROVIDERS.includes(id)) {
      findings.push({
        key: 'waymark.auth.signIn',
        problem: `offers '${id}', which is for development only`,
        remedy: `remove it; the list follows the providers that are configured`,
      });
    }
  }
  if (ids.every(id => !(id in REQUIRED_SETTINGS))) {
    findings.push({
      key: 'auth.providers',
      problem: 'holds no provider, so that nobody can sign in',
      remedy:
        'set AUTH_OIDC_*, AUTH_OKTA_*, AUTH_MICROSOFT_* or AUTH_GITHUB_* (README, "Point it at your GitHub")',
    });
  }
  for (const id of ids) {
    findings.push(...checkProvider(id, providers!.getConfig(id)));
  }
  return findings;
};

function checkProvider(id: string, provider: Config): ProductionFinding[] {
  const required = REQUIRED_SETTINGS[id];
  if (!required) {
    return [];
  }
  return provider.keys().flatMap(environment => {
    const key = `auth.providers.${id}.${environment}`;
    const settings = provider.getConfig(environment);
    const findings: ProductionFinding[] = Object.entries(required)
      .filter(([name]) => !settings.getOptionalString(name))
      .map(([name, variable]) => ({
        key: `${key}.${name}`,
        problem: 'is not set',
        remedy: `set ${variable}, or unset every variable of this provider to turn it off`,
      }));
    const tenant = settings.getOptionalString('tenantId')?.toLowerCase();
    if (id === 'microsoft' && tenant && SHARED_TENANTS.includes(tenant)) {
      findings.push({
        key: `${key}.tenantId`,
        problem: `is '${tenant}': an administrator of any other tenant could give himself the e-mail address of one of your users`,
        remedy: 'set AUTH_MICROSOFT_TENANT_ID to the id of your own tenant',
      });
    }
    if (settings.has('signIn')) {
      findings.push({
        key: `${key}.signIn`,
        problem:
          'chooses how people are matched, or lets in people outside the catalog',
        remedy:
          'remove it; Waymark matches whoever signs in to a user of the catalog by itself',
      });
    }
    return findings;
  });
}
