import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fetchPackage } from './npm.mjs';
import { root, toolchain } from './paths.mjs';
import { pinnedVersion } from './pinned.mjs';

/** better-sqlite3 13 and Backstage 1.55 run on these and no others. */
const SUPPORTED_MAJORS = [22, 24];

export const isSupported = version =>
  SUPPORTED_MAJORS.includes(Number(version.split('.')[0]));

/** Obtains the pinned Node from npm; resolves to its binary. */
async function obtainPinnedNode() {
  const version = await pinnedVersion('node');
  const windows = process.platform === 'win32';
  const installed = await fetchPackage({
    name: `node-${windows ? 'win' : process.platform}-${process.arch}`,
    version,
    folder: join(toolchain, `node-${version}`),
    what: `Node ${version}`,
    otherwise: 'install Node 24 yourself and run the same command again',
  });
  return join(installed, 'bin', windows ? 'node.exe' : 'node');
}

/** Runs the same command under the pinned Node; resolves to its exit code. */
export async function reexecUnderPinnedNode(argv) {
  const binary = await obtainPinnedNode();
  const child = spawn(binary, [join(root, 'scripts/waymark.mjs'), ...argv], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      ...process.env,
      PATH: `${dirname(binary)}${delimiter}${process.env.PATH}`,
    },
  });
  // The terminal signals the whole group; the child decides when all is stopped.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT') child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
}
