import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const entry = join(import.meta.dirname, 'waymark.mjs');
const run = (args, env = {}) =>
  spawnSync(process.execPath, [entry, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });

test('an unknown command names the known ones', () => {
  const { status, stderr } = run(['stat']);
  assert.equal(status, 1);
  assert.match(stderr, /Unknown command "stat".*start.*reset/);
});

test('a busy port stops the start before anything is installed or built', async () => {
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const { status, stderr } = run(['start'], {
    WAYMARK_PORT: String(server.address().port),
    WAYMARK_STATE: mkdtempSync(join(tmpdir(), 'waymark-busy-')),
  });
  server.close();
  assert.equal(status, 1);
  assert.equal(stderr.trim().split('\n').length, 1);
  assert.match(stderr, /is in use: .*WAYMARK_PORT=\d+ npm start/);
});

test('one port for the portal and its forge is refused before anything starts', () => {
  const { status, stderr } = run(['start'], {
    WAYMARK_STATE: mkdtempSync(join(tmpdir(), 'waymark-same-port-')),
    WAYMARK_PORT: '17441',
    WAYMARK_FORGE_PORT: '17441',
  });
  assert.equal(status, 1);
  assert.match(stderr, /WAYMARK_FORGE_PORT and WAYMARK_PORT are both 17441/);
});

test('a folder that cannot be made is one sentence', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'waymark-file-')), 'file');
  writeFileSync(file, '');
  const { status, stderr } = run(['start'], {
    WAYMARK_STATE: join(file, 'below'),
    WAYMARK_PORT: '17441',
    WAYMARK_FORGE_PORT: '17442',
  });
  assert.equal(status, 1);
  assert.equal(stderr.trim().split('\n').length, 1);
  assert.match(stderr, /cannot be written/);
});

test('a machine without Git is told which Git to install', () => {
  const { status, stderr } = run(['start'], { PATH: '/nonexistent' });
  assert.equal(status, 1);
  assert.match(stderr, /Git was not found: install Git 2\.38/);
});

test('an unknown test stage is refused with the known ones', () => {
  for (const args of [['--only', 'nuit'], ['--only=unit,nuit']]) {
    const { status, stderr } = run(['test', ...args]);
    assert.equal(status, 1);
    assert.match(stderr, /no test stage "nuit".*unit/);
  }
});

test('a rebuild needs a portal that was started, and is stopped', async () => {
  const state = mkdtempSync(join(tmpdir(), 'waymark-rebuild-'));
  const nothing = run(['rebuild'], { WAYMARK_STATE: state });
  assert.equal(nothing.status, 1);
  assert.match(nothing.stderr, /nothing to rebuild in .*start the portal/);

  mkdirSync(join(state, 'forge'));
  writeFileSync(join(state, 'forge', 'token'), 'x');
  const server = createServer();
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const running = run(['rebuild'], {
    WAYMARK_PORT: String(server.address().port),
    WAYMARK_STATE: state,
  });
  server.close();
  assert.equal(running.status, 1);
  assert.match(running.stderr, /Stop the portal of this checkout\. .*in use/);
});

test('reset empties the state folder', () => {
  const state = mkdtempSync(join(tmpdir(), 'waymark-reset-'));
  mkdirSync(join(state, 'db'));
  writeFileSync(join(state, '.waymark-state'), '');
  const { status } = run(['reset'], {
    WAYMARK_STATE: state,
    WAYMARK_PORT: '17443',
    WAYMARK_FORGE_PORT: '17444',
  });
  assert.equal(status, 0);
  assert.equal(existsSync(state), false);
});

test('reset does not empty a folder that no Waymark made', () => {
  const state = mkdtempSync(join(tmpdir(), 'waymark-foreign-'));
  writeFileSync(join(state, 'precious'), '');
  const { status, stderr } = run(['reset'], {
    WAYMARK_STATE: state,
    WAYMARK_PORT: '17443',
    WAYMARK_FORGE_PORT: '17444',
  });
  assert.equal(status, 1);
  assert.match(stderr, /was not made by Waymark/);
  assert.equal(existsSync(join(state, 'precious')), true);
});
