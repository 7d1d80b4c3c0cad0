import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '@backstage/errors';
import { stringify } from 'yaml';
import { convertChecks, ImportOptions } from './convertChecks';

const FOLDERS = ['scorecards', 'fact-sources'];

/**
 * `yarn waymark import tech-insights`: writes or prints the definitions, and tells what could not be taken over.
 *
 * @returns whether everything was taken over
 */
export async function importTechInsights(
  file: string,
  options: ImportOptions & {
    /** The folder `catalog` of the portal repository; printed when absent. */
    out?: string;
    print(line: string): void;
    warn(line: string): void;
  },
): Promise<boolean> {
  const { name, out, print, warn } = options;
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new InputError(`The file cannot be read: ${error.message}`);
  });
  const { documents, problems, notes } = convertChecks(text, options);
  const texts = documents.map(document =>
    stringify(document, { lineWidth: 120 }),
  );
  if (out === undefined) {
    print(texts.join('---\n').trimEnd());
  } else {
    for (const [index, content] of texts.entries()) {
      const target = join(out, FOLDERS[index], `${name}.yaml`);
      await writeNew(target, content);
      print(target);
    }
  }
  for (const { path, reason } of [...problems, ...notes]) {
    warn(path ? `${path}: ${reason}` : reason);
  }
  return problems.length === 0;
}

async function writeNew(target: string, content: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  try {
    await writeFile(target, content, { flag: 'wx' });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST'
      ? new InputError(`${target} is there already: choose another --name`)
      : error;
  }
}
