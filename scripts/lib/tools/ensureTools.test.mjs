import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { buildSeconds, ensureTools, withTools } from './ensureTools.mjs';
import { PINS } from './pins.mjs';
import { isAtLeast } from './recipes.mjs';

const folders = [];
after(() =>
  Promise.all(
    folders.map(folder => rm(folder, { recursive: true, force: true })),
  ),
);

async function emptyFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-tools-'));
  folders.push(folder);
  return folder;
}

const MODULE = 'example.org/judge';
const pin = (version = '1.2.3') => ({
  name: 'judge',
  version,
  go: { module: MODULE, package: `${MODULE}/cmd/judge`, minimum: '1.26' },
});

/** Plays the `go` command: what it was asked for, and a program that says what was linked into it. */
function goOf({ version = 'go1.26.8', linked } = {}) {
  const installs = [];
  const run = async (command, args, options) => {
    if (command !== 'go')
      throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
    if (args[0] === 'env') return `${version}\n`;
    if (args[0] === 'version')
      return `${
        args[2]
      }: go1.26.8\n\tpath\t${MODULE}/cmd/judge\n\tmod\t${MODULE}\t${
        linked ?? installs.at(-1).args.at(-1).split('@')[1]
      }\th1:x\n`;
    installs.push({ args, env: options.env });
    await mkdir(options.env.GOBIN, { recursive: true });
    await writeFile(join(options.env.GOBIN, 'judge'), 'a program');
    return '';
  };
  return { run, installs };
}

const noProgram = async () => {
  throw Object.assign(new Error('spawn ENOENT'), { code: 'ENOENT' });
};

test('every pin is one exact version, and can be obtained in some way', () => {
  assert.equal(new Set(PINS.map(({ name }) => name)).size, PINS.length);
  for (const { name, version, go, python, rust } of PINS) {
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
    assert.ok(go ?? python ?? rust, name);
    if (go) assert.ok(go.package.startsWith(go.module), name);
  }
});

test('a tool is built once, and again when its pin changes', async () => {
  const folder = await emptyFolder();
  const go = goOf();
  const first = await ensureTools({ pins: [pin()], folder, run: go.run });
  assert.equal(first.tools.judge, join(folder, 'judge-1.2.3', 'bin', 'judge'));
  assert.equal(go.installs[0].args.at(-1), `${MODULE}/cmd/judge@v1.2.3`);
  assert.equal(
    typeof (await buildSeconds({ pins: [pin()], folder })).judge,
    'number',
  );

  await ensureTools({ pins: [pin()], folder, run: noProgram });
  assert.equal(go.installs.length, 1);

  const linkedOtherwise = {
    ...pin(),
    go: { ...pin().go, set: { 'main.x': '1' } },
  };
  await ensureTools({ pins: [linkedOtherwise], folder, run: go.run });
  assert.ok(go.installs[1].args.includes('-ldflags=-s -w -X main.x=1'));

  await ensureTools({ pins: [pin('1.3.0')], folder, run: go.run });
  assert.deepEqual(await readdir(folder), ['judge-1.3.0']);
});

test('a missing or an old Go is one sentence, and in CI an error', async () => {
  const folder = await emptyFolder();
  for (const run of [noProgram, goOf({ version: 'go1.25.9' }).run]) {
    const { tools, skipped } = await ensureTools({
      pins: [pin()],
      folder,
      run,
      ci: false,
    });
    assert.deepEqual(tools, {});
    assert.equal(
      skipped.judge,
      'judge 1.2.3 cannot be built here: install Go 1.26 or newer.',
    );
    await assert.rejects(
      ensureTools({ pins: [pin()], folder, run, ci: true }),
      {
        name: 'UserError',
        message: skipped.judge,
      },
    );
  }
});

test('what was linked from another version is no tool, and leaves nothing behind', async () => {
  const folder = await emptyFolder();
  const { run } = goOf({ linked: 'v1.2.30' });
  const options = { pins: [pin()], folder, run };
  const { skipped } = await ensureTools({ ...options, ci: false });
  assert.match(skipped.judge, /is not judge 1\.2\.3/);
  await assert.rejects(
    ensureTools({ ...options, ci: true }),
    /is not judge 1\.2\.3/,
  );
  assert.deepEqual(await readdir(folder), []);
});

test('a failed build is one sentence with its last line, and leaves nothing behind', async () => {
  const folder = await emptyFolder();
  const { run } = goOf();
  const failing = (command, args, options) =>
    args[0] === 'install'
      ? Promise.reject(
          Object.assign(new Error('go ended with 1'), {
            output: 'go: downloading\nno such host\n',
          }),
        )
      : run(command, args, options);
  const options = { pins: [pin()], folder, run: failing };
  const { skipped } = await ensureTools({ ...options, ci: false });
  assert.equal(skipped.judge, 'judge 1.2.3 could not be built: no such host');
  await assert.rejects(ensureTools({ ...options, ci: true }), {
    name: 'UserError',
    message: skipped.judge,
  });
  assert.deepEqual(await readdir(folder), []);
});

test('an unknown name is refused with the known ones', async () => {
  await assert.rejects(
    ensureTools({
      names: ['hlem'],
      folder: await emptyFolder(),
      run: noProgram,
    }),
    /Unknown tool "hlem": use some of helm, /,
  );
});

test('tools come first on the path', () => {
  const { PATH } = withTools(
    { judge: '/t/judge-1/bin/judge' },
    { PATH: '/usr/bin' },
  );
  assert.equal(PATH.split(':')[0], dirname('/t/judge-1/bin/judge'));
});

test('versions are compared as numbers', () => {
  assert.ok(isAtLeast('1.26.8', '1.26'));
  assert.ok(isAtLeast('1.100', '1.26'));
  assert.ok(!isAtLeast('1.9', '1.26'));
  assert.ok(!isAtLeast('1.24.10', '1.24.11'));
});
