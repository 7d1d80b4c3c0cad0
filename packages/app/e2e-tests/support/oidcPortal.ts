import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './launcher';
import { startSecondPortal } from './secondPortal';

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
  try {
    const second = await startSecondPortal('oidc', {
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
    });
    const stop = async () => {
      await second.stop();
      provider.stop();
    };
    return { url: second.url, stop };
  } catch (error) {
    provider.stop();
    throw error;
  }
}
