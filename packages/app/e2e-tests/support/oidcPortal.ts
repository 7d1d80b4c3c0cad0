import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { portal } from './portal';

const root = join(__dirname, '../../../..');

interface Service {
  ready(url: string, timeoutMs: number): Promise<void>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise(done => server.close(done));
  return port;
}

/** A real OpenID provider that knows these people; any password will do. */
async function startProvider(accounts: Record<string, unknown>) {
  const child = spawn(
    process.execPath,
    [
      join(
        root,
        'plugins/auth-backend-module-waymark/src/__testUtils__/oidcServer.mjs',
      ),
    ],
    {
      env: { ...process.env, OIDC_ACCOUNTS: JSON.stringify(accounts) },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const issuer = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', data => resolve(String(data).trim()));
    child.once('exit', code => reject(new Error(`ended with ${code}`)));
  });
  return { issuer, stop: () => child.kill() };
}

/**
 * A second backend on the forge of the portal under test, with OpenID Connect
 * for sign-in and no personas, as production has it.
 */
export async function startOidcPortal(accounts: Record<string, unknown>) {
  const provider = await startProvider(accounts);
  const folder = await mkdtemp(join(tmpdir(), 'waymark-oidc-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const config = join(folder, 'oidc.json');
  await writeFile(
    config,
    JSON.stringify({
      auth: {
        providers: {
          personas: null,
          oidc: {
            development: {
              clientId: 'waymark',
              clientSecret: 'the-secret-of-the-test-client',
              metadataUrl: `${provider.issuer}/.well-known/openid-configuration`,
              prompt: 'login',
            },
          },
        },
      },
      waymark: { auth: { signIn: ['oidc'], personas: null } },
    }),
  );
  process.env.WAYMARK_STATE = portal.state;
  const launcher = (await import(
    pathToFileURL(join(root, 'scripts/lib/portal.mjs')).href
  )) as {
    startBackend(layout: unknown, options: unknown): Promise<Service>;
  };
  const backend = await launcher.startBackend(
    {
      ports: { portal: port, forge: Number(new URL(portal.forgeUrl).port) },
      url,
      forgeUrl: portal.forgeUrl,
    },
    {
      name: 'backend-oidc',
      configs: [config],
      env: { WAYMARK_DB_DIRECTORY: join(folder, 'db') },
    },
  );
  const stop = async () => {
    await backend.stop();
    provider.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await backend.ready(`${url}/.backstage/health/v1/readiness`, 120_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}
