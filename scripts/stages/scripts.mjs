import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { spawnGroup } from '../lib/spawnGroup.mjs';

/** The bootstrap's own tests, on Node's test runner: they must run without dependencies. */
export default async function scripts() {
  const folder = join(root, 'scripts');
  const files = (await readdir(folder, { recursive: true }))
    .filter(name => name.endsWith('.test.mjs'))
    .map(name => join(folder, name));
  return new Promise(resolve => {
    const child = spawnGroup(
      process.execPath,
      ['--test', '--test-reporter=tap', ...files],
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let output = '';
    child.stdout.on('data', data => {
      output += data;
    });
    child.on('close', code => {
      const count = key =>
        Number(new RegExp(`^# ${key} (\\d+)`, 'm').exec(output)?.[1] ?? 0);
      if (code !== 0) process.stdout.write(output);
      resolve({
        passed: count('pass'),
        failed:
          code === 0 && count('pass') > 0 ? 0 : Math.max(count('fail'), 1),
        skipped: [...output.matchAll(/^ok \d+ - (.*?) # SKIP/gm)].map(
          match => match[1],
        ),
      });
    });
  });
}
