import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { requireGit } from '../lib/git.mjs';
import { ensureInstalled, yarn } from '../lib/install.mjs';
import { root } from '../lib/paths.mjs';
import {
  backendEnvironment,
  layOutPortal,
  startForge,
} from '../lib/portal.mjs';
import { portFromEnv, requireFreePort } from '../lib/ports.mjs';
import { say, step } from '../lib/progress.mjs';
import { supervise } from '../lib/supervise.mjs';

/** `npm run dev`: the forge, and Backstage's own development server that reloads while you edit. */
export default async function dev() {
  await requireGit();
  const layout = await layOutPortal();
  const appPort = portFromEnv('WAYMARK_APP_PORT', 3000);
  await requireFreePort(appPort, 'WAYMARK_APP_PORT', 'the development server');
  await ensureInstalled();
  return supervise(async track => {
    const forge = track(await startForge(layout));
    await step('Starting the local forge', () =>
      forge.ready(`${layout.forgeUrl}/_forge/health`, 120_000),
    );
    say.line(
      `  The portal will be at ${say.bold(`http://localhost:${appPort}`)}`,
    );
    const child = spawn(
      process.execPath,
      [
        yarn,
        'backstage-cli',
        'repo',
        'start',
        '--config',
        join(root, 'app-config.yaml'),
        '--config',
        join(root, 'scripts/app-config.dev.yaml'),
      ],
      {
        cwd: root,
        stdio: 'inherit',
        detached: process.platform !== 'win32',
        env: {
          ...(await backendEnvironment(layout)),
          WAYMARK_APP_URL: `http://localhost:${appPort}`,
        },
      },
    );
    const exited = new Promise(resolve => {
      child.on('exit', (code, signal) => resolve({ code, signal }));
    });
    track({
      exited,
      failure: async () => new Error('The development server stopped.'),
      stop: async () => {
        if (child.exitCode !== null) return;
        process.kill(-child.pid, 'SIGTERM');
        await exited;
      },
    });
  });
}
