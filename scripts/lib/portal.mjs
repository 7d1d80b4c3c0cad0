import { existsSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { mkdocsFolder } from './mkdocs.mjs';
import { inState, root } from './paths.mjs';
import {
  portFromEnv,
  requireDistinctPorts,
  requireFreePort,
} from './ports.mjs';
import { Service } from './service.mjs';
import { ensureWritable, keepSecret, markStateFolder } from './stateFolder.mjs';

/** Compiles TypeScript as it is loaded, as `backstage-cli package start` does. */
const TYPESCRIPT = [
  '--require',
  join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
];

/** Where everything will listen; refuses busy ports. */
export async function layOutPortal() {
  const ports = {
    portal: portFromEnv('WAYMARK_PORT', 7007),
    forge: portFromEnv('WAYMARK_FORGE_PORT', 7009),
  };
  requireDistinctPorts(
    { port: ports.portal, variable: 'WAYMARK_PORT' },
    { port: ports.forge, variable: 'WAYMARK_FORGE_PORT' },
  );
  await requireFreePort(ports.portal, 'WAYMARK_PORT', 'the portal');
  await requireFreePort(ports.forge, 'WAYMARK_FORGE_PORT', 'the local forge');
  await markStateFolder();
  for (const name of ['db', 'forge', 'logs', 'secrets']) {
    const folder = inState(name);
    await ensureWritable(folder);
    // Tokens of the people who are signed in are among what is kept there.
    await chmod(folder, 0o700).catch(() => {});
  }
  return {
    ports,
    url: `http://localhost:${ports.portal}`,
    forgeUrl: `http://localhost:${ports.forge}`,
  };
}

/** How the forge is started, with its data in a folder. */
export const forgeCommand = ({ port, data, portalUrl }) => ({
  args: [...TYPESCRIPT, join(root, 'packages/local-forge/src/main.ts')],
  env: {
    ...process.env,
    NODE_ENV: 'development',
    WAYMARK_FORGE_PORT: String(port),
    WAYMARK_FORGE_DATA: data,
    WAYMARK_URL: portalUrl,
    WAYMARK_ROOT: root,
  },
});

export async function startForge(layout, options = {}) {
  return Service.start({
    name: 'forge',
    echo: options.verbose,
    ...forgeCommand({
      port: layout.ports.forge,
      data: inState('forge'),
      portalUrl: layout.url,
    }),
  });
}

/** What app-config.yaml refers to. */
export async function backendEnvironment(layout) {
  const secretOf = name =>
    readFile(inState('forge', name), 'utf8').then(text => text.trim());
  return {
    ...process.env,
    NODE_ENV: 'development',
    // As soon as it is there, documentation is built with it.
    PATH: [await mkdocsFolder(), process.env.PATH]
      .filter(Boolean)
      .join(delimiter),
    WAYMARK_PORT: String(layout.ports.portal),
    WAYMARK_URL: layout.url,
    WAYMARK_FORGE_HOST: `localhost:${layout.ports.forge}`,
    WAYMARK_FORGE_URL: layout.forgeUrl,
    WAYMARK_FORGE_TOKEN: await secretOf('token'),
    WAYMARK_WEBHOOK_SECRET: await secretOf('webhook-secret'),
    WAYMARK_DB_DIRECTORY: inState('db'),
    WAYMARK_BACKEND_SECRET: await keepSecret('backend'),
  };
}

/** The configuration of this machine, what its owner puts over it, and `more`. */
export const configArguments = (more = []) =>
  ['app-config.yaml', 'app-config.local.yaml']
    .map(name => join(root, name))
    .filter(existsSync)
    .concat(more)
    .flatMap(config => ['--config', config]);

/** The forge must be ready: its token and webhook secret are read here. */
export async function startBackend(layout, options = {}) {
  return Service.start({
    name: options.name ?? 'backend',
    echo: options.verbose,
    cwd: join(root, 'packages/backend'),
    args: [
      ...TYPESCRIPT,
      ...(options.nodeArgs ?? []),
      'src/index.ts',
      ...configArguments(options.configs),
    ],
    env: { ...(await backendEnvironment(layout)), ...options.env },
  });
}
