import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { isAlive } from './processGroup.mjs';
import { spawnGroup } from './spawnGroup.mjs';

/** Leaves behind a process that does not mind SIGTERM, says its number, and ends. */
const LEAVING = `
  const { spawn } = require('node:child_process');
  const left = spawn(process.execPath, ['-e', \`
    process.on('SIGTERM', () => {});
    console.log(process.pid);
    setInterval(() => {}, 1000);
  \`], { stdio: ['ignore', 'inherit', 'ignore'] });
  setTimeout(() => process.exit(0), 1500);
`;

const firstLine = stream =>
  new Promise(resolve => stream.once('data', data => resolve(Number(data))));

async function isGone(pid, seconds) {
  const deadline = performance.now() + seconds * 1000;
  while (isAlive(pid) && performance.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return !isAlive(pid);
}

test('what a program leaves behind is ended, whatever it says to SIGTERM', async () => {
  const child = spawnGroup(process.execPath, ['-e', LEAVING], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const left = await firstLine(child.stdout);
  await new Promise(resolve => child.on('exit', resolve));
  assert.equal(isAlive(left), true);
  assert.equal(await isGone(left, 20), true);
});

test('it is ended too when the launcher ends meanwhile', async () => {
  const spawnGroupUrl = pathToFileURL(
    join(import.meta.dirname, 'spawnGroup.mjs'),
  ).href;
  const { stdout } = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { spawnGroup } = await import(${JSON.stringify(spawnGroupUrl)});
       const child = spawnGroup(process.execPath, ['-e', ${JSON.stringify(
         LEAVING,
       )}], { stdio: ['ignore', 'pipe', 'inherit'] });
       child.stdout.once('data', data => process.stdout.write(data));
       child.on('exit', () => process.exit(0));`,
    ],
    { encoding: 'utf8' },
  );
  const left = Number(stdout);
  assert.equal(Number.isInteger(left) && left > 0, true);
  assert.equal(await isGone(left, 40), true);
});
