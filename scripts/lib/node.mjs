import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { UserError } from './fail.mjs';
import { root, toolchain } from './paths.mjs';
import { explainNpmFailure, runToEnd } from './processes.mjs';
import { step } from './progress.mjs';
import { ensureWritable } from './stateFolder.mjs';

/** better-sqlite3 13 and Backstage 1.55 run on these and no others. */
const SUPPORTED_MAJORS = [22, 24];

export const isSupported = version =>
  SUPPORTED_MAJORS.includes(Number(version.split('.')[0]));

/** The exact Node that Waymark brings along, from package.json `config.node`. */
async function pinnedVersion() {
  const manifest = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  return manifest.config.node;
}

/**
 * Obtains the pinned Node as an npm package that ships the binary: no install
 * script, no download besides npm's own.
 */
async function obtainPinnedNode() {
  const version = await pinnedVersion();
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(toolchain, `node-${version}`);
  const binary = join(
    folder,
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(binary)) return binary;
  await ensureWritable(folder);
  await step(`Fetching Node ${version} for ${platform}-${process.arch}`, () =>
    runToEnd(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      [
        'install',
        '--prefix',
        folder,
        '--ignore-scripts',
        '--no-save',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
        `${name}@${version}`,
      ],
      { cwd: folder },
    ).catch(error => {
      if (/E404|ETARGET|notarget/.test(error.output ?? '')) {
        throw new UserError(
          `There is no Node ${version} package for ${platform}-${process.arch}: install Node 24 yourself and run the same command again.`,
        );
      }
      throw explainNpmFailure(error, `Node ${version} could not be fetched`);
    }),
  );
  return binary;
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
