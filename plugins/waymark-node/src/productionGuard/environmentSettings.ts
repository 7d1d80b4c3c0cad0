import { Config } from '@backstage/config';
import { JsonObject, JsonValue } from '@backstage/types';

/** The providers that a deployment turns on by environment variables alone, in the order the sign-in page shows them. */
export const ENVIRONMENT_PROVIDERS = ['oidc', 'okta', 'microsoft', 'github'];

/**
 * Completes a configuration with what follows from the variables that are set.
 *
 * @remarks
 *
 * Configuration files drop a single value whose variable is not set, but keep the block around it: a provider without a
 * client id would stop the backend, and a GitHub App without an id likewise. This returns a layer for on top, in which
 * such a block is masked, and in which `waymark.auth.signIn` names the providers that are on unless it is set.
 */
export function settingsFromEnvironment(config: Config): JsonObject {
  const providers = config.getOptionalConfig('auth.providers');
  const masked: JsonObject = {};
  const on: string[] = [];
  for (const id of ENVIRONMENT_PROVIDERS) {
    if (providers?.has(id)) {
      if (hasVariable(providers.getConfig(id))) {
        on.push(id);
      } else {
        masked[id] = null;
      }
    }
  }

  const layer: JsonObject = {};
  if (Object.keys(masked).length > 0) {
    layer.auth = { providers: masked };
  }
  if (!config.has('waymark.auth.signIn') && on.length > 0) {
    layer.waymark = { auth: { signIn: on } };
  }
  const integrations = config.getOptional<JsonValue>('integrations.github');
  if (Array.isArray(integrations)) {
    layer.integrations = { github: integrations.map(withoutUnsetApps) };
  }
  return layer;
}

/** One variable is enough: a provider that is half set up is a mistake to report, not one to hide. */
function hasVariable(provider: Config): boolean {
  return provider
    .keys()
    .some(environment =>
      ['clientId', 'clientSecret', 'metadataUrl', 'tenantId', 'audience'].some(
        name => provider.has(`${environment}.${name}`),
      ),
    );
}

function withoutUnsetApps(integration: JsonValue): JsonValue {
  if (!isObject(integration) || !Array.isArray(integration.apps)) {
    return integration;
  }
  const apps = integration.apps.filter(
    app => !isObject(app) || app.appId !== undefined,
  );
  const { apps: _dropped, ...rest } = integration;
  return apps.length > 0 ? { ...rest, apps } : rest;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
