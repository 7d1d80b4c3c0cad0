import { readFile } from 'node:fs/promises';
import { freshResultFile } from '../lib/resultFile.mjs';
import { runShown } from '../lib/show.mjs';

/** ESLint over every package, warnings included. */
export default async function lint() {
  const file = await freshResultFile('waymark-lint.json');
  const { code, output } = await runShown(
    [
      'backstage-cli',
      'repo',
      'lint',
      '--format',
      'json',
      '--output-file',
      file,
      '--max-warnings',
      '0',
    ],
    { quiet: true },
  );
  const results = await readFile(file, 'utf8')
    .then(text => JSON.parse(text))
    .catch(() => []);
  const bad = results.filter(row => row.errorCount + row.warningCount > 0);
  for (const row of bad) {
    for (const message of row.messages) {
      process.stderr.write(
        `${row.filePath}:${message.line}:${message.column} ${message.message} (${message.ruleId})\n`,
      );
    }
  }
  if (code !== 0 && bad.length === 0) process.stderr.write(output);
  // The result file holds the packages that failed only.
  const checked = [...output.matchAll(/Checked\s+(\d+) files/g)].reduce(
    (sum, match) => sum + Number(match[1]),
    0,
  );
  return {
    passed: checked - bad.length,
    failed: code === 0 && checked > 0 ? bad.length : Math.max(bad.length, 1),
    unit: 'files',
  };
}
