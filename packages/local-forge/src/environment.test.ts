import { spawn } from 'node:child_process';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fixtureSeed, temporaryDirectory } from './__testUtils__/fixture';
import { refuseProduction, requireGit, secretFile } from './environment';
import { startForge } from './startForge';

jest.setTimeout(60_000);

let folder: string;

beforeEach(async () => {
  folder = await temporaryDirectory('environment');
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('refuses production and any address but the loopback', () => {
  expect(() =>
    refuseProduction({ nodeEnv: 'production', host: '127.0.0.1' }),
  ).toThrow('for development and tests only');
  for (const host of ['0.0.0.0', '::', 'localhost', '192.168.1.1']) {
    expect(() => refuseProduction({ nodeEnv: 'test', host })).toThrow(
      'listens on 127.0.0.1 only',
    );
  }
});

it('ends with one sentence when started in production', async () => {
  const child = spawn(
    process.execPath,
    [
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      join(__dirname, 'main.ts'),
    ],
    {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        WAYMARK_FORGE_DATA: join(folder, 'data'),
      },
    },
  );
  let messages = '';
  child.stderr.on('data', chunk => (messages += chunk));
  const code = await new Promise(resolve => child.on('close', resolve));
  expect(code).toBe(1);
  expect(messages.trim()).toBe(
    'The local forge is for development and tests only: with NODE_ENV=production, configure a real GitHub integration instead.',
  );
  await expect(stat(join(folder, 'data'))).rejects.toThrow('ENOENT');
});

it('says what to do about a busy port and a folder that is a file', async () => {
  const busy = createServer();
  await new Promise<void>(resolve => busy.listen(0, '127.0.0.1', resolve));
  const { port } = busy.address() as AddressInfo;
  await expect(
    startForge({ port, dataDirectory: join(folder, 'a'), seed: fixtureSeed }),
  ).rejects.toThrow(`Port ${port} is in use: stop the program`);
  busy.close();

  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(
    startForge({ port: 0, dataDirectory: file, seed: fixtureSeed }),
  ).rejects.toThrow(/^The forge cannot write to .*file: make the folder/);
});

it('says what to do when Git is missing or too old', async () => {
  const path = process.env.PATH;
  const bin = join(folder, 'bin');
  await mkdir(bin);
  try {
    process.env.PATH = bin;
    await expect(requireGit()).rejects.toThrow('found none: install Git');
    await writeFile(join(bin, 'git'), '#!/bin/sh\necho git version 2.37.9\n', {
      mode: 0o755,
    });
    process.env.PATH = `${bin}:${path}`;
    await expect(requireGit()).rejects.toThrow('found 2.37: update Git');
  } finally {
    process.env.PATH = path;
  }
});

it('makes a secret once, readable by its owner only', async () => {
  const secret = await secretFile(folder, 'token');
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(await secretFile(folder, 'token')).toBe(secret);
  const { mode } = await stat(join(folder, 'token'));
  // eslint-disable-next-line no-bitwise
  expect(mode & 0o777).toBe(0o600);
});
