import { ConfigReader } from '@backstage/config';
import { JsonObject, JsonValue } from '@backstage/types';
import { assertFitForProduction } from './guardedRootConfig';
import { isLoopback } from './hosts';
import { inspectProductionConfig } from './inspectProductionConfig';
import { weaknessOfSecret } from './secretStrength';

const SECRET = 'qT7n0Zk2Vb8mXr4Ls9Wd1Hf6Jc3Gy5Pu';

const FIT: JsonObject = {
  app: { baseUrl: 'https://portal.acme.test' },
  backend: {
    baseUrl: 'https://portal.acme.test',
    database: {
      client: 'pg',
      connection: {
        host: 'db.acme.test',
        user: 'waymark',
        password: 'zR4-vT9-kQ2-mX7',
      },
    },
  },
  permission: { enabled: true },
  events: { modules: { github: { webhookSecret: SECRET } } },
  integrations: {
    github: [
      {
        host: 'github.com',
        apiBaseUrl: 'https://api.github.com',
        token: 'a-token',
      },
    ],
  },
  auth: {
    session: { secret: SECRET },
    providers: {
      oidc: {
        production: {
          clientId: 'waymark',
          clientSecret: 'x',
          metadataUrl: 'https://id.acme.test',
        },
      },
    },
  },
};

/** The fit configuration with one value changed; undefined removes it. */
function changed(path: string, value: JsonValue | undefined) {
  const copy = structuredClone(FIT);
  const keys = path.split('.');
  let parent: JsonObject = copy;
  for (const key of keys.slice(0, -1)) {
    parent[key] ??= {};
    parent = parent[key] as JsonObject;
  }
  const last = keys[keys.length - 1];
  if (value === undefined) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
  return new ConfigReader(copy);
}

describe('the production guard', () => {
  it('has nothing to say of a configuration that is fit', () => {
    expect(inspectProductionConfig(new ConfigReader(FIT))).toEqual([]);
    expect(() =>
      assertFitForProduction(new ConfigReader(FIT), 'production'),
    ).not.toThrow();
  });

  it.each<[path: string, value: JsonValue | undefined, key: string]>([
    ['auth.providers.personas', {}, 'auth.providers.personas'],
    ['auth.providers.guest', {}, 'auth.providers.guest'],
    ['waymark.auth.signIn', ['oidc', 'personas'], 'waymark.auth.signIn'],
    ['auth.providers', {}, 'auth.providers'],
    ['auth.providers', undefined, 'auth.providers'],
    [
      'auth.providers.oidc.production.clientSecret',
      undefined,
      'auth.providers.oidc.production.clientSecret',
    ],
    [
      'auth.providers.microsoft.production',
      { clientId: 'a', clientSecret: 'b', tenantId: 'common' },
      'auth.providers.microsoft.production.tenantId',
    ],
    [
      'auth.providers.oidc.production.signIn',
      {
        resolvers: [
          {
            resolver: 'emailMatchingUserEntityProfileEmail',
            dangerouslyAllowSignInWithoutUserInCatalog: true,
          },
        ],
      },
      'auth.providers.oidc.production.signIn',
    ],
    ['auth.session.secret', undefined, 'auth.session.secret'],
    ['auth.session.secret', 'short', 'auth.session.secret'],
    [
      'auth.session.secret',
      'change-me-change-me-change-me-change-me',
      'auth.session.secret',
    ],
    [
      'events.modules.github.webhookSecret',
      undefined,
      'events.modules.github.webhookSecret',
    ],
    ['backend.auth.keys', [{ secret: 'dev' }], 'backend.auth.keys[0].secret'],
    [
      'backend.auth.externalAccess',
      [{ type: 'static', options: { token: 'dev', subject: 'ci' } }],
      'backend.auth.externalAccess[0].options.token',
    ],
    [
      'backend.database',
      { client: 'better-sqlite3', connection: ':memory:' },
      'backend.database.client',
    ],
    ['backend.database', undefined, 'backend.database.client'],
    [
      'backend.database.plugin',
      { catalog: { client: 'better-sqlite3' } },
      'backend.database.plugin.catalog.client',
    ],
    [
      'backend.database.connection.password',
      'postgres',
      'backend.database.connection.password',
    ],
    ...['host', 'user', 'password'].flatMap(
      (name): [string, JsonValue | undefined, string][] => [
        [
          `backend.database.connection.${name}`,
          undefined,
          `backend.database.connection.${name}`,
        ],
        [
          `backend.database.connection.${name}`,
          '',
          `backend.database.connection.${name}`,
        ],
      ],
    ),
    ...[
      'postgresql://waymark:postgres@db.acme.test/portal',
      'postgresql://waymark@db.acme.test/portal',
      'postgresql://:zR4-vT9-kQ2-mX7@db.acme.test/portal',
      'postgresql:///portal?user=waymark',
      'db.acme.test',
    ].map((url): [string, JsonValue, string] => [
      'backend.database.connection',
      url,
      'backend.database.connection',
    ]),
    [
      'backend.database.connection',
      { connectionString: 'postgresql://waymark:Postgres@db.acme.test/portal' },
      'backend.database.connection',
    ],
    [
      'backend.database.plugin',
      { catalog: { connection: 'postgresql://x:changeme@db.acme.test' } },
      'backend.database.plugin.catalog.connection',
    ],
    [
      'integrations.github',
      [{ host: 'localhost:7009', token: 'x' }],
      'integrations.github[0].host',
    ],
    [
      'integrations.github',
      [{ host: 'localhost.:7009', token: 'x' }],
      'integrations.github[0].host',
    ],
    [
      'integrations.github',
      [{ host: 'github.com', apiBaseUrl: 'http://127.0.0.1:7009', token: 'x' }],
      'integrations.github[0].apiBaseUrl',
    ],
    ['integrations.github', [{ host: 'github.com' }], 'integrations.github[0]'],
    ['integrations.github', undefined, 'integrations.github'],
    [
      'catalog.providers.github',
      { components: { host: 'localhost:7009', organization: 'acme' } },
      'catalog.providers.github.components.host',
    ],
    [
      'catalog.providers.githubOrg',
      [{ id: 'x', githubUrl: 'http://localhost:7009' }],
      'catalog.providers.githubOrg[0].githubUrl',
    ],
    [
      'catalog.providers.github',
      { components: { host: 'github.com', organization: 'unset' } },
      'catalog.providers',
    ],
    [
      'catalog.providers.githubOrg',
      [{ id: 'x', githubUrl: 'https://github.com', orgs: ['unset'] }],
      'catalog.providers',
    ],
    [
      'catalog.locations',
      [{ type: 'file', target: './all.yaml' }],
      'catalog.locations[0]',
    ],
    ['app.baseUrl', 'http://portal.acme.test', 'app.baseUrl'],
    ['backend.baseUrl', 'https://localhost:7007', 'backend.baseUrl'],
    ['backend.baseUrl', undefined, 'backend.baseUrl'],
    ['permission.enabled', false, 'permission.enabled'],
    ['permission', undefined, 'permission.enabled'],
    [
      'backend.auth.dangerouslyDisableDefaultAuthPolicy',
      true,
      'backend.auth.dangerouslyDisableDefaultAuthPolicy',
    ],
    ['events.http.topics', ['github'], 'events.http.topics'],
    ['events.http.topics', ['other', 'github.push'], 'events.http.topics'],
    ['waymark.clock.offset', '-P30D', 'waymark.clock.offset'],
  ])('with %s = %j finds exactly that', (path, value, key) => {
    const config = changed(path, value);
    expect([
      ...new Set(inspectProductionConfig(config).map(f => f.key)),
    ]).toEqual([key]);
    expect(() => assertFitForProduction(config, 'development')).not.toThrow();
    expect(() => assertFitForProduction(config, undefined)).not.toThrow();
    expect(() => assertFitForProduction(config, 'production')).toThrow(key);
  });

  it.each<[string, JsonValue]>([
    ['connection', 'postgresql://waymark:zR4-vT9@db.acme.test:5432/portal'],
    ['connection', { host: '/var/run/postgresql', user: 'waymark' }],
    ['plugin', { catalog: { connection: { database: 'catalog' } } }],
  ])('accepts backend.database.%s = %j', (name, value) => {
    const config = changed(`backend.database.${name}`, value);
    expect(inspectProductionConfig(config)).toEqual([]);
  });

  it('accepts topics of others', () => {
    const config = changed('events.http.topics', ['githubish', 'gitlab']);
    expect(inspectProductionConfig(config)).toEqual([]);
  });

  it('accepts the webhook secret of a GitHub App in place of the common one', () => {
    const config = structuredClone(FIT);
    delete config.events;
    config.integrations = {
      github: [{ host: 'github.com', apps: [{ webhookSecret: SECRET }] }],
    };
    expect(inspectProductionConfig(new ConfigReader(config))).toEqual([]);
  });

  it('names all findings in one block and repeats no secret', () => {
    const config = new ConfigReader({
      auth: { session: { secret: 'hunter2' }, providers: { guest: {} } },
    });
    const findings = inspectProductionConfig(config);
    let message = '';
    try {
      assertFitForProduction(config, 'production');
    } catch (error) {
      message = (error as Error).message;
    }
    expect(findings.length).toBeGreaterThan(6);
    for (const { key, remedy } of findings) {
      expect(message).toContain(key);
      expect(message).toContain(remedy);
    }
    expect(message).not.toContain('hunter2');
  });
});

describe('isLoopback', () => {
  it.each([
    'localhost',
    'localhost:7009',
    'localhost.',
    'http://localhost.:7009/api',
    'http://forge.localhost.',
    'http://127.1',
    '127.0.0.1:7009',
    '[::1]:7009',
    'LOCALHOST',
    'http://127.0.0.1:7009',
    'http://127.1.2.3',
    'http://[::1]:7009/api',
    'http://[::ffff:127.0.0.1]',
    'http://0.0.0.0:7009',
    'forge.localhost',
    // How URL parsers read other spellings of 127.0.0.1.
    'http://2130706433',
    'http://0x7f.1',
    'http://',
    '',
  ])('is true for %p', value => {
    expect(isLoopback(value)).toBe(true);
  });

  it.each([
    'github.com',
    'https://api.github.com',
    'ghe.acme.test:8443',
    'https://localhost.acme.test',
    'https://128.0.0.1',
  ])('is false for %p', value => {
    expect(isLoopback(value)).toBe(false);
  });
});

describe('weaknessOfSecret', () => {
  it.each([undefined, '', 'a'.repeat(64), 'my-secret-my-secret-my-secret-my'])(
    'finds %p weak',
    value => {
      expect(weaknessOfSecret(value)).toBeDefined();
    },
  );

  it('accepts what openssl prints', () => {
    expect(weaknessOfSecret(SECRET)).toBeUndefined();
  });
});
