import { join } from 'node:path';
import { root } from './paths.mjs';
import { spawnGroup } from './spawnGroup.mjs';

/**
 * Runs `npm start`'s own command as a child, as a user would, and waits for its
 * one line with the URL.
 *
 * @param {{ state: string, port: number, forgePort: number, env?: object, cwd?: string, quiet?: boolean }} options
 */
export async function startPortalProcess(options) {
  const cwd = options.cwd ?? root;
  const child = spawnGroup(
    process.execPath,
    [join(cwd, 'scripts/waymark.mjs'), 'start'],
    {
      cwd,
      env: {
        ...process.env,
        WAYMARK_STATE: options.state,
        WAYMARK_PORT: String(options.port),
        WAYMARK_FORGE_PORT: String(options.forgePort),
        WAYMARK_MKDOCS: 'off',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const started = performance.now();
  let output = '';
  const url = await new Promise((resolve, reject) => {
    const take = data => {
      output += data;
      if (!options.quiet) process.stdout.write(data);
      const found =
        /Waymark is ready: (?:\u001b\[\d+m)?(http:\/\/[^\s\u001b]+)/.exec(
          output,
        );
      if (found) resolve(found[1]);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', reject);
    child.on('exit', code =>
      reject(new Error(`npm start ended with ${code}:\n${output}`)),
    );
  });
  return {
    url,
    forgeUrl: `http://localhost:${options.forgePort}`,
    pid: child.pid,
    secondsToReady: (performance.now() - started) / 1000,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise(resolve => child.on('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}
