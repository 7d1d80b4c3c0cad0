import { join } from 'node:path';
import { requireGit } from '../lib/git.mjs';
import { ensureInstalled, yarn } from '../lib/install.mjs';
import { root } from '../lib/paths.mjs';
import {
  backendEnvironment,
  configArguments,
  layOutPortal,
  startForge,
} from '../lib/portal.mjs';
import {
  portFromEnv,
  requireDistinctPorts,
  requireFreePort,
} from '../lib/ports.mjs';
import { say, step } from '../lib/progress.mjs';
import { Service } from '../lib/service.mjs';
import { supervise } from '../lib/supervise.mjs';

/** `npm run dev`: the forge, and Backstage's own development server that reloads while you edit. */
export default async function dev() {
  await requireGit();
  const layout = await layOutPortal();
  const appPort = portFromEnv('WAYMARK_APP_PORT', 3000);
  requireDistinctPorts(
    { port: layout.ports.portal, variable: 'WAYMARK_PORT' },
    { port: layout.ports.forge, variable: 'WAYMARK_FORGE_PORT' },
    { port: appPort, variable: 'WAYMARK_APP_PORT' },
  );
  await requireFreePort(appPort, 'WAYMARK_APP_PORT', 'the development server');
  const url = `http://localhost:${appPort}`;
  await ensureInstalled();
  return supervise(async track => {
    const forge = track(await startForge(layout));
    await step('Starting the local forge', () =>
      forge.ready(`${layout.forgeUrl}/_forge/health`, 120_000),
    );
    const server = track(
      await Service.start({
        name: 'dev',
        echo: 'plain',
        args: [
          yarn,
          'backstage-cli',
          'repo',
          'start',
          ...configArguments(join(root, 'scripts/app-config.dev.yaml')),
        ],
        env: {
          ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
          ...(await backendEnvironment(layout)),
          WAYMARK_APP_URL: url,
        },
      }),
    );
    await server.ready(`${layout.url}/.backstage/health/v1/readiness`, 180_000);
    await server.ready(url, 180_000);
    say.line(
      `\n  Waymark is ready: ${say.bold(url)}, and reloads as you edit\n`,
    );
  });
}
