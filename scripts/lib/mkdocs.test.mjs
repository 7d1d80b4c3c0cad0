import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const scripts = join(import.meta.dirname, '..');
const folders = [];
after(() =>
  folders.forEach(folder => rmSync(folder, { recursive: true, force: true })),
);

/** A checkout without a toolchain, with this Python as the only one. */
function install(python) {
  const root = mkdtempSync(join(tmpdir(), 'waymark-mkdocs-'));
  folders.push(root);
  cpSync(join(scripts, 'lib'), join(root, 'scripts/lib'), { recursive: true });
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ config: { 'mkdocs-techdocs-core': '1.2.3' } }),
  );
  mkdirSync(join(root, 'path'));
  for (const name of ['python3', 'python']) {
    writeFileSync(join(root, 'path', name), `#!/bin/sh\n${python}`, {
      mode: 0o755,
    });
  }
  const program = `
    const { ensureMkdocs } = await import('./scripts/lib/mkdocs.mjs');
    const { endGuarded } = await import('./scripts/lib/guardian.mjs');
    try { console.log(await ensureMkdocs(), await ensureMkdocs()); }
    catch (error) { console.log(error.name + ': ' + error.message); }
    await endGuarded();`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', program],
    {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: `${join(root, 'path')}:/usr/bin:/bin`, TMPDIR: root },
    },
  );
  assert.equal(stderr, '');
  const folder = join(root, '.waymark/toolchain/mkdocs-techdocs-core-1.2.3');
  return { said: stdout.trim(), bin: join(folder, 'bin') };
}

/** A Python 3.12 that makes environments, with this in place of pip. */
const withPip = pip => `
case "$1 $2" in
  "-c import"*) echo 3.12 ;;
  "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  "-m pip") ${pip} ;;
esac`;

test('a Python that is too old, or cannot make environments, is passed over with what to install', () => {
  for (const python of ['echo 3.8', 'exit 1']) {
    const { said, bin } = install(python);
    assert.match(said, /^UserError: there is no Python 3\.9 or newer/);
    assert.equal(existsSync(bin), false);
  }
});

test('packages that cannot be had are one sentence, and leave no command behind', () => {
  const { said, bin } = install(
    withPip('echo "ERROR: Could not find a version"; exit 1'),
  );
  assert.match(
    said,
    /^UserError: mkdocs-techdocs-core 1\.2\.3 could not be installed from PyPI \(.*mkdocs\.log: ERROR: Could not find a version\)$/,
  );
  assert.equal(existsSync(bin), false);
});

test('the command is there once it is complete, alone and installed once', () => {
  const { said, bin } = install(
    withPip('echo "#!/bin/sh" > "$(dirname "$0")/mkdocs"'),
  );
  assert.equal(said, 'true false');
  assert.deepEqual(readdirSync(bin), ['mkdocs']);
});
