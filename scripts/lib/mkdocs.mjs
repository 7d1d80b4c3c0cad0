import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from './fail.mjs';
import { alone } from './lock.mjs';
import { inState, toolchain } from './paths.mjs';
import { pinnedVersion } from './pinned.mjs';
import { runToEnd } from './processes.mjs';

const OLDEST_PYTHON = [3, 9];
const windows = process.platform === 'win32';
const PROGRAM = windows ? 'mkdocs.exe' : 'mkdocs';
const PYTHONS = windows ? ['python', 'python3'] : ['python3', 'python'];
/** Debian ships Python without what a virtual environment needs; importing finds out. */
const PROBE =
  'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])';

const folderOf = version => join(toolchain, `mkdocs-techdocs-core-${version}`);

/** Tests and benchmarks want the same generator on every machine, and nothing that installs meanwhile: `WAYMARK_MKDOCS=off`. */
const isOff = () => process.env.WAYMARK_MKDOCS === 'off';

/**
 * The folder that holds the command `mkdocs` and nothing else, as soon as that
 * has been installed completely. It may well not exist; undefined when it is not
 * to be used.
 */
export async function mkdocsFolder() {
  if (isOff()) return undefined;
  return join(folderOf(await pinnedVersion('mkdocs-techdocs-core')), 'bin');
}

async function findPython() {
  for (const program of PYTHONS) {
    const version = await runToEnd(program, ['-c', PROBE])
      .then(output => output.trim().split('.').map(Number))
      .catch(() => undefined);
    if (!version) continue;
    const [major, minor] = OLDEST_PYTHON;
    if (version[0] === major && version[1] >= minor) return program;
  }
  return undefined;
}

/** Runs behind everything else: nobody waits for it. */
function runPolitely(program, args, options) {
  return windows
    ? runToEnd(program, args, options)
    : runToEnd('nice', ['-n', '10', program, ...args], options);
}

async function install(python, version) {
  const folder = folderOf(version);
  const environment = join(folder, 'venv');
  const programs = join(environment, windows ? 'Scripts' : 'bin');
  const log = inState('logs', 'mkdocs.log');
  // What an earlier attempt left may be anything.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await runPolitely(python, ['-m', 'venv', environment], { log });
  await runPolitely(
    join(programs, windows ? 'python.exe' : 'python'),
    [
      ...['-m', 'pip', 'install', '--no-input', '--retries', '1'],
      ...['--disable-pip-version-check', '--only-binary', ':all:'],
      `mkdocs-techdocs-core==${version}`,
    ],
    { log },
  );
  // Apart from the interpreter, which would take the place of the machine's; and last, so that it is there or not.
  const bin = join(folder, 'bin');
  const partial = `${bin}.partial`;
  await mkdir(partial);
  await copyFile(join(programs, PROGRAM), join(partial, PROGRAM));
  await rename(partial, bin);
}

/**
 * Installs MkDocs with the plugin of TechDocs into a virtual environment, once.
 *
 * @returns whether it was installed now
 * @throws UserError where there is no Python or the packages cannot be had
 */
export async function ensureMkdocs() {
  const version = await pinnedVersion('mkdocs-techdocs-core');
  const isThere = () => existsSync(join(folderOf(version), 'bin', PROGRAM));
  if (isThere()) return false;
  const python = await findPython();
  if (!python) {
    throw new UserError(
      `there is no Python ${OLDEST_PYTHON.join(
        '.',
      )} or newer with venv (Debian: apt-get install python3-venv)`,
    );
  }
  return alone(join(toolchain, 'mkdocs.lock'), async () => {
    if (isThere()) return false;
    await install(python, version).catch(error => {
      throw new UserError(
        `mkdocs-techdocs-core ${version} could not be installed from PyPI (${inState(
          'logs',
          'mkdocs.log',
        )}: ${lastLine(error.output) ?? error.message})`,
      );
    });
    return true;
  });
}

/**
 * {@link ensureMkdocs} beside everything else, as a service that {@link supervise} can stop. That it cannot be had is one line.
 *
 * @param {(line: string) => void} tell
 */
export function fetchMkdocs(tell) {
  let stopped = isOff();
  if (!stopped)
    ensureMkdocs().catch(error => {
      // Killed on the way is no failure.
      if (!stopped)
        tell(`Documentation is built without MkDocs: ${error.message}`);
    });
  return {
    exited: new Promise(() => {}),
    async stop() {
      stopped = true;
    },
  };
}

const lastLine = output =>
  output
    ?.trim()
    .split('\n')
    .reverse()
    .find(line => /error/i.test(line));
