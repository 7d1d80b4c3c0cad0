import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { isAlive } from './processGroup.mjs';

const folder = await mkdtemp(join(tmpdir(), 'waymark-service-'));
process.env.WAYMARK_STATE = folder;
const { Service } = await import('./service.mjs');
after(() => rm(folder, { recursive: true, force: true }));

const until = async condition => {
  for (let i = 0; i < 100 && !(await condition()); i += 1) {
    await new Promise(resolve => setTimeout(resolve, 50));
  }
};

const SERVER = `
  const server = require('http').createServer((q, r) => r.end('ok'));
  server.listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.({ port: server.address().port }));
`;

test('a service is ready when it answers and gone when stopped', async () => {
  const service = await Service.start({
    name: 'answering',
    args: ['-e', SERVER],
    env: { ...process.env, PORT: '17431' },
  });
  await service.ready('http://127.0.0.1:17431/', 10_000);
  const { pid } = service;
  await service.stop();
  assert.equal(isAlive(pid), false);
});

test('a service that ends by itself is reported with the end of its log', async () => {
  const service = await Service.start({
    name: 'failing',
    args: ['-e', 'console.error("because of this"); process.exit(4)'],
    env: process.env,
  });
  await assert.rejects(
    service.ready('http://127.0.0.1:17432/', 10_000),
    /exit 4[\s\S]*because of this/,
  );
});

test('a service stops when its launcher is killed', async () => {
  const launcher = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { Service } from ${JSON.stringify(
        pathToFileURL(join(import.meta.dirname, 'service.mjs')).href,
      )};
       const s = await Service.start({ name: 'orphan', args: ['-e', 'setInterval(() => {}, 1000)'], env: process.env });
       console.log(s.pid);`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: process.env },
  );
  const pid = Number(
    await new Promise(resolve => launcher.stdout.once('data', resolve)),
  );
  assert.equal(isAlive(pid), true);
  launcher.kill('SIGKILL');
  await until(() => !isAlive(pid));
  assert.equal(isAlive(pid), false);
});
