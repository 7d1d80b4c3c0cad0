import { randomBytes } from 'node:crypto';
import { copyFile, chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../freePort.mjs';
import { unprivileged } from '../unprivileged.mjs';
import { issueCertificate } from './certificates.mjs';
import { startEdge } from './edge.mjs';
import {
  startDatabase,
  startEnterpriseForge,
  startIdentityProvider,
} from './parts.mjs';
import { Replica } from './replica.mjs';

const HOSTS = {
  portal: 'portal.acme.example',
  forge: 'git.acme.example',
  identity: 'id.acme.example',
};
export const PORTAL_URL = `https://${HOSTS.portal}`;

const ACCOUNTS = {
  mina: {
    email: 'dev-checkout@acme.example',
    email_verified: true,
    name: 'Mina Okafor',
  },
};

/** Where a GitHub Enterprise Server has its API, the forge has it at its root. */
const withoutApiPrefix = url =>
  url.replace(/^\/(api\/v3|api(?=\/graphql)|raw)(?=\/)/, '');

const secret = () => randomBytes(36).toString('base64');

/** A Node that the user of the image may run, wherever ours lies. */
async function nodeFor(user, folder) {
  if (user.uid === undefined) return process.execPath;
  await mkdir(join(folder, 'bin'));
  const node = join(folder, 'bin', 'node');
  await copyFile(process.execPath, node);
  await chmod(node, 0o755);
  return node;
}

/**
 * All that production stands on: a GitHub Enterprise host, an OpenID provider,
 * a PostgreSQL, and an edge that ends TLS and spreads requests over the replicas,
 * each request to the next. Names resolve at the proxy of the edge only.
 */
export async function startSurroundings(folder) {
  const certificate = issueCertificate(Object.values(HOSTS));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificate.ca);
  const forgePort = await freePort();
  const identityPort = await freePort();
  const replicas = [];
  let turn = 0;
  const nextReplica = () => {
    const running = replicas.filter(replica => replica.running);
    turn += 1;
    return running[turn % running.length]?.port ?? 1;
  };
  const edge = await startEdge(certificate, {
    [HOSTS.portal]: { port: nextReplica },
    [HOSTS.forge]: {
      port: () => forgePort,
      // It answers to loopback names only.
      host: `localhost:${forgePort}`,
      path: withoutApiPrefix,
    },
    [HOSTS.identity]: { port: () => identityPort },
  });
  const network = {
    NODE_USE_ENV_PROXY: '1',
    HTTPS_PROXY: edge.proxyUrl,
    NO_PROXY: 'localhost,127.0.0.1',
    NODE_EXTRA_CA_CERTS: caFile,
  };
  const parts = [];
  const keep = async starting => {
    const part = await starting;
    parts.push(part);
    return part;
  };
  const stop = async () => {
    await Promise.all([...replicas, ...parts].map(part => part.stop()));
    edge.stop();
  };
  try {
    const [forge, , database] = await Promise.all([
      keep(
        startEnterpriseForge({
          port: forgePort,
          data: join(folder, 'forge'),
          url: `https://${HOSTS.forge}`,
          env: { ...network, WAYMARK_URL: PORTAL_URL },
        }),
      ),
      keep(
        startIdentityProvider({
          port: identityPort,
          issuer: `https://${HOSTS.identity}`,
          portal: HOSTS.portal,
          accounts: ACCOUNTS,
        }),
      ),
      keep(startDatabase()),
    ]);
    return { edge, certificate, network, forge, database, replicas, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The variables of docs/deploy.md, as an operator with these surroundings sets them. */
export function operatorEnvironment({ network, forge, database }) {
  return {
    ...network,
    WAYMARK_URL: PORTAL_URL,
    WAYMARK_LISTEN_HOST: '127.0.0.1',
    WAYMARK_BACKEND_SECRET: secret(),
    GITHUB_ORG: 'acme',
    GITHUB_HOST: HOSTS.forge,
    GITHUB_API_URL: `https://${HOSTS.forge}/api/v3`,
    GITHUB_RAW_URL: `https://${HOSTS.forge}/raw`,
    GITHUB_TOKEN: forge.token,
    WAYMARK_WEBHOOK_SECRET: forge.webhookSecret,
    POSTGRES_HOST: '127.0.0.1',
    POSTGRES_PORT: String(database.port),
    POSTGRES_USER: database.user,
    POSTGRES_PASSWORD: database.password,
    AUTH_OIDC_CLIENT_ID: 'waymark',
    AUTH_OIDC_CLIENT_SECRET: 'the-secret-of-the-test-client',
    AUTH_OIDC_METADATA_URL: `https://${HOSTS.identity}/.well-known/openid-configuration`,
    // This provider grants offline access only to who was asked.
    AUTH_OIDC_PROMPT: 'login consent',
  };
}

/** Starts replicas of the image; the edge knows each from its start. */
export async function replicaStarter({ image, folder, replicas }, env) {
  const user = await unprivileged(['nobody'], 'The portal');
  const node = await nodeFor(user, folder);
  return async (name, more = {}) => {
    const port = await freePort();
    const metricsPort = await freePort();
    const replica = await Replica.start({
      ...{ name, port, metricsPort, folder, node, image, user },
      env: { ...env, ...more },
    });
    replicas.push(replica);
    return replica;
  };
}
