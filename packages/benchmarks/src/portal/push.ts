import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { emptyFolder } from './harness';
import { launcher } from './launcher';

const run = promisify(execFile);

/** A clone of a forge repository that pushes changed descriptions. */
export class DescriptionPusher {
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;

  static async create(options: {
    forgeUrl: string;
    token: string;
    repository: string;
  }): Promise<DescriptionPusher> {
    const { gitEnvironment } = await launcher('gitAccess');
    const env = gitEnvironment(options.forgeUrl, options.token);
    const folder = await emptyFolder();
    const remote = new URL(`/${options.repository}.git`, options.forgeUrl).href;
    await run('git', ['clone', '--quiet', remote, folder], { env });
    return new DescriptionPusher(folder, env);
  }

  private constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#folder = folder;
    this.#env = env;
  }

  /** Changes the description in catalog-info.yaml and commits; returns what pushes it. */
  async prepare(description: string): Promise<() => Promise<void>> {
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
    await this.#git(
      ...['-c', 'user.name=Benchmark'],
      ...['-c', 'user.email=benchmark@acme.example'],
      ...['commit', '--quiet', '-a', '-m', 'Change the description'],
    );
    return () => this.#git('push', '--quiet');
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #git(...args: string[]): Promise<void> {
    await run('git', ['-C', this.#folder, ...args], { env: this.#env });
  }
}
