import { execFileSync } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Measurement } from './measurement';
import { repositoryRoot } from './portal/launcher';
import { withFigures } from './readme';

const FOLDER = join(repositoryRoot, 'packages/benchmarks/results');
const README = join(repositoryRoot, 'README.md');

/** What every suite has measured last, by name of the suite. */
export async function readMeasurements(): Promise<Measurement[]> {
  const names = await readdir(FOLDER).catch(() => []);
  const files = names.filter(name => name.endsWith('.json')).sort();
  return Promise.all(
    files.map(async name =>
      JSON.parse(await readFile(join(FOLDER, name), 'utf8')),
    ),
  );
}

function formatted(file: string, text: string): string {
  return execFileSync(
    process.execPath,
    [require.resolve('prettier/bin-prettier.js'), '--stdin-filepath', file],
    { cwd: repositoryRoot, input: text, encoding: 'utf8' },
  );
}

/** The README as it must be, and as it is. */
export async function readme(): Promise<{ wanted: string; actual: string }> {
  const actual = await readFile(README, 'utf8');
  const page = withFigures(actual, await readMeasurements());
  return { wanted: formatted(README, page), actual };
}

/** Puts what was measured last between the markers of the README. */
export async function publish(): Promise<void> {
  await writeFile(README, (await readme()).wanted);
}

/** Keeps a measurement in place of the last one of its suite, and publishes it. */
export async function keep(measurement: Measurement): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const file = join(FOLDER, `${measurement.suite}.json`);
  const text = JSON.stringify(measurement);
  await writeFile(file, formatted(file, text));
  await publish();
}
