import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.mjs';
import { runToEnd } from './processes.mjs';

const PLACES = ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'];

/** The folder of `initdb` and `pg_ctl`, or undefined. */
async function findBinaries() {
  for (const folder of (process.env.PATH ?? '').split(':')) {
    if (existsSync(join(folder, 'initdb'))) return folder;
  }
  for (const place of PLACES) {
    const versions = await readdir(place).catch(() => []);
    for (const version of versions.sort().reverse()) {
      const folder = join(place, version, 'bin');
      if (existsSync(join(folder, 'initdb'))) return folder;
    }
  }
  return undefined;
}

/**
 * A PostgreSQL server of its own for one test run, on loopback, without fsync
 * (for functional tests only, never for figures).
 *
 * @returns undefined when no PostgreSQL is installed
 */
export async function startPostgres() {
  const bin = await findBinaries();
  if (!bin) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'waymark-postgres-'));
  const asRoot = process.getuid?.() === 0;
  if (asRoot) {
    // PostgreSQL refuses to run as root.
    spawnSync('chown', ['postgres', folder]);
    await chmod(folder, 0o700);
  }
  const run = (tool, args) =>
    asRoot
      ? runToEnd(
          'runuser',
          ['-u', 'postgres', '--', join(bin, tool), ...args],
          { cwd: '/' },
        )
      : runToEnd(join(bin, tool), args);
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  const port = await freePort();
  await run('initdb', [
    '-D',
    data,
    '-A',
    'trust',
    '-U',
    'postgres',
    '--no-sync',
    '-E',
    'UTF8',
    '--locale=C',
  ]);
  await run('pg_ctl', [
    '-D',
    data,
    '-w',
    '-l',
    log,
    '-o',
    `-p ${port} -c listen_addresses=127.0.0.1 -k ${folder} -c fsync=off -c max_connections=300 -c log_statement=ddl`,
    'start',
  ]);
  return {
    connectionString: `postgresql://postgres@127.0.0.1:${port}`,
    port,
    /** How many databases tests really made in this server. */
    async databasesCreated() {
      const text = await readFile(log, 'utf8');
      return (text.match(/CREATE DATABASE/gi) ?? []).length;
    },
    async stop() {
      await run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']).catch(
        () => {},
      );
      await rm(folder, { recursive: true, force: true });
    },
  };
}
