import { closeSync, openSync } from 'node:fs';
import { chmod, chown, cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from './fail.mjs';
import { freePort } from './freePort.mjs';
import { guard } from './guardian.mjs';
import { findPostgres, programOf } from './postgresBinaries.mjs';
import { runToEnd } from './processes.mjs';
import { signalGroup } from './processGroup.mjs';
import { spawnGroup } from './spawnGroup.mjs';
import { unprivileged } from './unprivileged.mjs';

const START_MS = 60_000;

/** Resolves once the server takes connections: it says so in its own file. */
async function ready(data, server, log) {
  const deadline = performance.now() + START_MS;
  while (server.exitCode === null && performance.now() < deadline) {
    const lines = await readFile(join(data, 'postmaster.pid'), 'utf8')
      .then(text => text.split('\n'))
      .catch(() => []);
    if (lines[7]?.trim() === 'ready') return;
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  throw new UserError(
    `PostgreSQL did not start:\n${await readFile(log, 'utf8')}`,
  );
}

/**
 * A PostgreSQL server of its own for one test run, on loopback, without fsync
 * (for functional tests only, never for figures) unless it is to be `durable`.
 *
 * @param {{ durable?: boolean }} options
 * @throws UserError when no PostgreSQL is installed and none can be fetched
 */
export async function startPostgres({ durable = false } = {}) {
  const { bin: found, fetched } = await findPostgres();
  const folder = await mkdtemp(join(tmpdir(), 'waymark-postgres-'));
  const release = guard({ folder });
  const user = await unprivileged(['postgres', 'nobody'], 'PostgreSQL');
  let bin = found;
  if (user.uid !== undefined) {
    await chmod(folder, 0o700);
    await chown(folder, user.uid, user.gid);
    if (fetched) {
      // The checkout may lie where another user may not look.
      await cp(dirname(found), join(folder, 'native'), {
        recursive: true,
        verbatimSymlinks: true,
      });
      bin = join(folder, 'native', 'bin');
    }
  }
  const data = join(folder, 'data');
  const log = join(folder, 'log');
  const port = await freePort();
  await runToEnd(
    programOf(bin, 'initdb'),
    [
      ...['-D', data],
      ...['-A', 'trust'],
      ...['-U', 'postgres'],
      '--no-sync',
      ...['-E', 'UTF8'],
      '--locale=C',
    ],
    { ...user, cwd: folder },
  );
  const sink = openSync(log, 'a');
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    ...(durable ? {} : { fsync: 'off' }),
    max_connections: 300,
    log_statement: 'ddl',
  };
  const server = spawnGroup(
    programOf(bin, 'postgres'),
    [
      ...['-D', data],
      ...Object.entries(settings).flatMap(([key, value]) => [
        '-c',
        `${key}=${value}`,
      ]),
    ],
    { ...user, cwd: folder, stdio: ['ignore', sink, sink] },
    // Immediate shutdown: what it holds is thrown away.
    'SIGQUIT',
  );
  closeSync(sink);
  const exited = new Promise(resolve => server.on('exit', resolve));
  server.on('error', () => {});
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) {
      signalGroup(server.pid, 'SIGQUIT');
      await exited;
    }
    await rm(folder, { recursive: true, force: true });
    release();
  };
  try {
    await ready(data, server, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    connectionString: `postgresql://postgres@127.0.0.1:${port}`,
    port,
    pid: server.pid,
    bin,
    version: await runToEnd(programOf(bin, 'postgres'), ['--version'], {
      cwd: folder,
    }).then(text => /\d+(\.\d+)*/.exec(text)[0]),
    fetched,
    /** How many databases tests really made in this server. */
    async databasesCreated() {
      const text = await readFile(log, 'utf8');
      return (text.match(/CREATE DATABASE/gi) ?? []).length;
    },
    stop,
  };
}
