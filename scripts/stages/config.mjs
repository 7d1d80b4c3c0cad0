import { runShown } from '../lib/show.mjs';

const FILLER = 'only-for-the-schema-check-0123456789';
const fill = names => Object.fromEntries(names.map(name => [name, FILLER]));
const VARIANTS = [
  {
    name: 'development',
    configs: ['app-config.yaml'],
    env: {
      ...fill([
        'WAYMARK_BACKEND_SECRET',
        'WAYMARK_FORGE_TOKEN',
        'WAYMARK_WEBHOOK_SECRET',
      ]),
      WAYMARK_PORT: '7007',
      WAYMARK_URL: 'http://localhost:7007',
      WAYMARK_FORGE_HOST: 'localhost:7009',
      WAYMARK_FORGE_URL: 'http://localhost:7009',
      WAYMARK_DB_DIRECTORY: '/tmp',
    },
  },
  {
    name: 'production',
    configs: ['app-config.yaml', 'app-config.production.yaml'],
    env: {
      ...fill([
        'WAYMARK_BACKEND_SECRET',
        'WAYMARK_WEBHOOK_SECRET',
        'GITHUB_ORG',
        'GITHUB_TOKEN',
        'GITHUB_APP_CLIENT_ID',
        'GITHUB_APP_CLIENT_SECRET',
        'GITHUB_APP_PRIVATE_KEY',
        'GITHUB_APP_WEBHOOK_SECRET',
        'POSTGRES_HOST',
        'POSTGRES_USER',
        'POSTGRES_PASSWORD',
        'AUTH_OIDC_CLIENT_ID',
        'AUTH_OIDC_CLIENT_SECRET',
        'AUTH_OKTA_CLIENT_ID',
        'AUTH_OKTA_CLIENT_SECRET',
        'AUTH_OKTA_AUDIENCE',
        'AUTH_MICROSOFT_CLIENT_ID',
        'AUTH_MICROSOFT_CLIENT_SECRET',
        'AUTH_MICROSOFT_TENANT_ID',
        'AUTH_GITHUB_CLIENT_ID',
        'AUTH_GITHUB_CLIENT_SECRET',
      ]),
      GITHUB_APP_ID: '1',
      POSTGRES_PORT: '5432',
      WAYMARK_URL: 'https://waymark.example',
      AUTH_OIDC_METADATA_URL:
        'https://id.example/.well-known/openid-configuration',
    },
  },
];

/** The configuration files against the schemas of all packages. */
export default async function config() {
  let failed = 0;
  for (const variant of VARIANTS) {
    const { code } = await runShown(
      [
        'backstage-cli',
        'config:check',
        '--strict',
        ...variant.configs.flatMap(file => ['--config', file]),
      ],
      { env: variant.env },
    );
    if (code !== 0) failed += 1;
  }
  return { passed: VARIANTS.length - failed, failed, unit: 'configurations' };
}
