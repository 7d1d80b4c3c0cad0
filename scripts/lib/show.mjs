import { yarn } from './install.mjs';
import { root } from './paths.mjs';
import { spawnGroup } from './spawnGroup.mjs';

/** Runs a Yarn binary of this repository with its output on the terminal; resolves to the exit code and the output. */
export function runShown(args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawnGroup(process.execPath, [yarn, ...args], {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks = [];
    const take = (data, sink) => {
      chunks.push(data);
      if (!options.quiet) sink.write(data);
    };
    child.stdout.on('data', data => take(data, process.stdout));
    child.stderr.on('data', data => take(data, process.stderr));
    child.on('error', reject);
    child.on('close', code =>
      resolve({ code, output: Buffer.concat(chunks).toString('utf8') }),
    );
  });
}
