import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { isAlive } from './processGroup.mjs';

const urlOf = name => pathToFileURL(join(import.meta.dirname, name)).href;

/** What a stage of `npm test` holds: a server, a tree of processes, a folder. */
const LAUNCHER = `
  import { mkdtemp } from 'node:fs/promises';
  import { tmpdir } from 'node:os';
  import { join } from 'node:path';
  const { guard } = await import('${urlOf('guardian.mjs')}');
  const { spawnGroup } = await import('${urlOf('spawnGroup.mjs')}');
  const { startPostgres } = await import('${urlOf('postgres.mjs')}');

  const folder = await mkdtemp(join(tmpdir(), 'waymark-guarded-'));
  guard({ folder });
  const child = spawnGroup(process.execPath, ['-e', \`
    const { spawn } = require('node:child_process');
    const below = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    console.log(below.pid);
    setInterval(() => {}, 1000);
  \`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const below = await new Promise(done => child.stdout.once('data', done));
  const postgres = await startPostgres();
  console.log(JSON.stringify({
    folder,
    pids: [child.pid, Number(below), postgres.pid],
  }));
`;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL']) {
  test(`${signal} of a test run leaves no database, no process and no folder`, async () => {
    const launcher = spawn(
      process.execPath,
      ['--input-type=module', '-e', LAUNCHER],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const { pids, folder } = JSON.parse(
      await new Promise(resolve => launcher.stdout.once('data', resolve)),
    );
    assert.deepEqual(pids.filter(isAlive), pids);
    assert.equal(existsSync(folder), true);

    launcher.kill(signal);
    const deadline = performance.now() + 30_000;
    while (
      performance.now() < deadline &&
      (pids.some(isAlive) || existsSync(folder))
    ) {
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    assert.deepEqual(pids.filter(isAlive), []);
    assert.equal(existsSync(folder), false);
  });
}
