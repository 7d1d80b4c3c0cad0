import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../paths.mjs';
import { forgeCommand } from '../portal.mjs';
import { startPostgres } from '../postgres.mjs';
import { signalGroup } from '../processGroup.mjs';
import { spawnGroup } from '../spawnGroup.mjs';

const READY_MS = 120_000;

/** A child that others need; its output is kept for the message when it ends. */
function startPart(name, args, env) {
  const child = spawnGroup(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', data => {
      output += data;
    });
  }
  const exited = new Promise(resolve => child.on('exit', resolve));
  return {
    async ready(url) {
      const deadline = performance.now() + READY_MS;
      for (;;) {
        const answer = await fetch(url).catch(() => undefined);
        if (answer?.ok) return;
        if (child.exitCode !== null || performance.now() > deadline) {
          throw new Error(`${name} did not start:\n${output}`);
        }
        await new Promise(resolve => setTimeout(resolve, 200));
      }
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        signalGroup(child.pid, 'SIGTERM');
        await exited;
      }
    },
  };
}

/** The local forge where a GitHub Enterprise Server would be: behind TLS, under a name of its own. */
export async function startEnterpriseForge({ port, data, url, env }) {
  const { args, env: forgeEnv } = forgeCommand({
    port,
    data,
    portalUrl: env.WAYMARK_URL,
  });
  const part = startPart('The forge', args, {
    ...forgeEnv,
    ...env,
    WAYMARK_FORGE_PUBLIC_URL: url,
  });
  await part.ready(`http://127.0.0.1:${port}/_forge/health`);
  const secret = name =>
    readFile(join(data, name), 'utf8').then(text => text.trim());
  return {
    ...part,
    local: `http://127.0.0.1:${port}`,
    token: await secret('token'),
    webhookSecret: await secret('webhook-secret'),
  };
}

/** An OpenID provider behind TLS; `accounts` by login, any password will do. */
export async function startIdentityProvider({
  port,
  issuer,
  portal,
  accounts,
}) {
  const part = startPart(
    'The OpenID provider',
    [
      join(
        root,
        'plugins/auth-backend-module-waymark/src/__testUtils__/oidcServer.mjs',
      ),
    ],
    {
      OIDC_PORT: String(port),
      OIDC_ISSUER: issuer,
      OIDC_PORTAL_HOST: portal,
      OIDC_ACCOUNTS: JSON.stringify(accounts),
    },
  );
  await part.ready(`http://127.0.0.1:${port}/.well-known/openid-configuration`);
  return part;
}

/** Who may connect: the portal with its password, and we without one. */
const ACCESS = [
  'host all portal 127.0.0.1/32 scram-sha-256',
  'host all postgres 127.0.0.1/32 trust',
];

/** PostgreSQL with a role that may make databases, and nothing else. */
export async function startDatabase() {
  const server = await startPostgres({ durable: true });
  const { Client } = createRequire(join(root, 'packages/backend/package.json'))(
    'pg',
  );
  const password = randomBytes(24).toString('base64url');
  const query = async (text, database = 'postgres') => {
    const client = new Client({
      connectionString: `${server.connectionString}/${database}`,
    });
    await client.connect();
    try {
      return (await client.query(text)).rows;
    } finally {
      await client.end();
    }
  };
  await query(`CREATE ROLE portal LOGIN CREATEDB PASSWORD '${password}'`);
  const [{ hba_file: file }] = await query('SHOW hba_file');
  const rows = ACCESS.map(line => `('${line}')`).join(', ');
  await query(`COPY (VALUES ${rows}) TO '${file}'`);
  await query('SELECT pg_reload_conf()');
  return { ...server, user: 'portal', password, query };
}
