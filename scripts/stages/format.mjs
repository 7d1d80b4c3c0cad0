import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { runToEnd } from '../lib/processes.mjs';

/** Prettier over every file that Git knows. */
export default async function format() {
  const prettier = createRequire(join(root, 'package.json'))('prettier');
  const listed = await runToEnd(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '-z'],
    { cwd: root },
  );
  let passed = 0;
  const wrong = [];
  for (const name of listed.split('\0').filter(Boolean)) {
    const file = join(root, name);
    const info = await prettier.getFileInfo(file, {
      ignorePath: join(root, '.prettierignore'),
    });
    if (info.ignored || !info.inferredParser) continue;
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const options = await prettier.resolveConfig(file, { editorconfig: true });
    if (prettier.check(text, { ...options, filepath: file })) passed += 1;
    else wrong.push(name);
  }
  for (const name of wrong) process.stderr.write(`not formatted: ${name}\n`);
  return {
    passed,
    failed: wrong.length,
    unit: 'files',
    note: wrong.length ? 'mend with: yarn prettier --write <file>' : undefined,
  };
}
