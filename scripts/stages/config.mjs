import { runShown } from '../lib/show.mjs';

const FORGE = 'http://localhost:7009';
const COMMON = {
  WAYMARK_BACKEND_SECRET: 'only-for-the-schema-check-0123456789',
};
const VARIANTS = [
  {
    name: 'development',
    configs: ['app-config.yaml'],
    env: {
      WAYMARK_PORT: '7007',
      WAYMARK_URL: 'http://localhost:7007',
      WAYMARK_FORGE_HOST: 'localhost:7009',
      WAYMARK_FORGE_URL: FORGE,
      WAYMARK_FORGE_TOKEN: 'schema-check',
      WAYMARK_WEBHOOK_SECRET: 'schema-check',
      WAYMARK_DB_DIRECTORY: '/tmp',
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
      { env: { ...COMMON, ...variant.env } },
    );
    if (code !== 0) failed += 1;
  }
  return { passed: VARIANTS.length - failed, failed, unit: 'configurations' };
}
