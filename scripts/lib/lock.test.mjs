import assert from 'node:assert/strict';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { alone } from './lock.mjs';

const lockFile = async () =>
  join(await mkdtemp(join(tmpdir(), 'waymark-lock-')), 'build.lock');

test('work under one file never overlaps, and a failure lets the next one in', async () => {
  const file = await lockFile();
  let running = 0;
  const work = fails => async () => {
    running += 1;
    assert.equal(running, 1);
    await new Promise(resolve => setTimeout(resolve, 50));
    running -= 1;
    if (fails) throw new Error('as wanted');
    return 'done';
  };
  const results = await Promise.allSettled([
    alone(file, work(true)),
    alone(file, work(false)),
    alone(file, work(false)),
  ]);
  assert.deepEqual(results.map(result => result.status).sort(), [
    'fulfilled',
    'fulfilled',
    'rejected',
  ]);
  assert.equal(existsSync(file), false);
});

test('a file that nobody has touched for a minute holds nobody up', async () => {
  const file = await lockFile();
  writeFileSync(file, '');
  const long = new Date(Date.now() - 61_000);
  utimesSync(file, long, long);
  assert.equal(await alone(file, async () => 'done'), 'done');
});
