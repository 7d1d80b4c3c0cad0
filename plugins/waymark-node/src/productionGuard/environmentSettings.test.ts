import { ConfigReader } from '@backstage/config';
import { ConfigSources, StaticConfigSource } from '@backstage/config-loader';
import { JsonObject } from '@backstage/types';
import { EnvironmentConfigSource } from './EnvironmentConfigSource';

const load = (data: JsonObject) =>
  ConfigSources.toConfig(
    EnvironmentConfigSource.on(StaticConfigSource.create({ data })),
  );

describe('settings that follow from the environment', () => {
  it('turn a provider on as soon as one of its variables is set, and off when none is', async () => {
    const config = await load({
      auth: {
        providers: {
          // As app-config.production.yaml looks once missing variables are dropped.
          github: { production: {} },
          oidc: { production: { clientId: 'x', prompt: 'auto' } },
          okta: { production: {} },
          microsoft: { production: { clientSecret: 'half set up' } },
        },
      },
    });
    expect(config.getConfig('auth.providers').keys().sort()).toEqual([
      'microsoft',
      'oidc',
    ]);
    expect(config.getStringArray('waymark.auth.signIn')).toEqual([
      'oidc',
      'microsoft',
    ]);
  });

  it('leave a list of providers alone that somebody has written', async () => {
    const config = await load({
      auth: { providers: { personas: {} } },
      waymark: { auth: { signIn: ['personas'] } },
    });
    expect(config.getStringArray('waymark.auth.signIn')).toEqual(['personas']);
    expect(config.has('auth.providers.personas')).toBe(true);
  });

  it('drop a GitHub App without an id and keep the token beside it', async () => {
    const config = await load({
      integrations: {
        github: [
          { host: 'github.com', token: 't', apps: [{}] },
          { host: 'ghe.acme.test', apps: [{ appId: 7 }] },
        ],
      },
    });
    expect(config.get('integrations.github')).toEqual([
      { host: 'github.com', token: 't' },
      { host: 'ghe.acme.test', apps: [{ appId: 7 }] },
    ]);
  });

  it('add nothing to a configuration without any of it', async () => {
    const config = await load({ app: { title: 'Waymark' } });
    expect(config.get()).toEqual(
      new ConfigReader({ app: { title: 'Waymark' } }).get(),
    );
  });
});
