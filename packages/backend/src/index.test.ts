import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

jest.setTimeout(120_000);

const ROOT = resolve(__dirname, '../../..');

/** Starts the real backend as the launcher does, and waits for it to end. */
async function startBackend(
  configFiles: string[],
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      resolve(__dirname, 'index.ts'),
      ...configFiles.flatMap(file => ['--config', resolve(ROOT, file)]),
    ],
    {
      cwd: resolve(__dirname, '..'),
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
    },
  );
  let output = '';
  const keep = (data: Buffer) => {
    output += data;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise<number | null>(done => {
    child.once('exit', done);
  });
  return { code, output };
}

const DEVELOPMENT = {
  WAYMARK_PORT: '17400',
  WAYMARK_URL: 'http://localhost:17400',
  WAYMARK_FORGE_HOST: 'localhost:17401',
  WAYMARK_FORGE_URL: 'http://localhost:17401',
  WAYMARK_FORGE_TOKEN: 'a-token-of-the-forge',
  WAYMARK_WEBHOOK_SECRET: 'dev',
  WAYMARK_DB_DIRECTORY: '/nonexistent',
  WAYMARK_BACKEND_SECRET: 'dev',
};

/** The numbered keys of the message. */
const findings = (output: string) =>
  [...output.matchAll(/^ {2}\d+\. (\S+) /gm)].map(([, key]) => key).sort();

describe('the backend under NODE_ENV=production', () => {
  it('does not start with the configuration of development, and says what is wrong with it', async () => {
    const { code, output } = await startBackend(
      ['app-config.yaml'],
      DEVELOPMENT,
    );
    expect(code).toBe(1);
    expect(output).toContain(
      'Waymark does not start: NODE_ENV is production, and',
    );
    expect(findings(output)).toEqual(
      expect.arrayContaining([
        'app.baseUrl',
        'auth.providers',
        'auth.providers.personas',
        'auth.session.secret',
        'backend.baseUrl',
        'backend.database.client',
        'catalog.providers.github.components.host',
        'catalog.providers.githubOrg[0].githubUrl',
        'events.modules.github.webhookSecret',
        'integrations.github[0].apiBaseUrl',
        'integrations.github[0].host',
        'waymark.auth.signIn',
      ]),
    );
    expect(output).not.toMatch(/Plugin initialization|Listening on/);
    expect(output).not.toContain('a-token-of-the-forge');
  });

  it('inherits neither personas nor forge from the configuration of development, even when its variables are there', async () => {
    const { code, output } = await startBackend(
      ['app-config.yaml', 'app-config.production.yaml'],
      DEVELOPMENT,
    );
    expect(code).toBe(1);
    // What is left to complain of is what the operator has not set: no persona, no forge, no SQLite.
    expect(findings(output)).toEqual([
      'app.baseUrl',
      'auth.providers',
      'auth.session.secret',
      'backend.baseUrl',
      'backend.database.connection.host',
      'backend.database.connection.password',
      'backend.database.connection.user',
      'catalog.providers',
      'events.modules.github.webhookSecret',
      'integrations.github[0]',
    ]);
  });
});
