import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { emptyFolder } from './harness';

const run = promisify(execFile);

/** A clone of a forge repository that pushes changed descriptions. */
export class DescriptionPusher {
  readonly #folder: string;

  static async create(options: {
    forgeUrl: string;
    token: string;
    repository: string;
  }): Promise<DescriptionPusher> {
    const folder = await emptyFolder();
    const remote = new URL(`/${options.repository}.git`, options.forgeUrl);
    remote.username = 'waymark-portal';
    remote.password = options.token;
    await run('git', ['clone', '--quiet', remote.href, folder]);
    return new DescriptionPusher(folder);
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Changes the description in catalog-info.yaml, commits and pushes it. */
  async push(description: string): Promise<void> {
    const file = join(this.#folder, 'catalog-info.yaml');
    const text = await readFile(file, 'utf8');
    const changed = text.replace(
      /^ {2}description:.*$/m,
      `  description: ${description}`,
    );
    if (changed === text) {
      throw new Error(`${file} has no description line of its own`);
    }
    await writeFile(file, changed);
    const git = (...args: string[]) =>
      run('git', [
        '-C',
        this.#folder,
        '-c',
        'user.name=Benchmark',
        '-c',
        'user.email=benchmark@acme.example',
        ...args,
      ]);
    await git('commit', '--quiet', '-a', '-m', 'Change the description');
    await git('push', '--quiet');
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
