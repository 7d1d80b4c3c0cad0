import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A working copy of a repository, for the user's own `git`. */
export class TestClone {
  readonly #folder: string;

  static async of(remote: string, folder: string): Promise<TestClone> {
    await mkdir(folder, { recursive: true });
    const clone = new TestClone(folder);
    await clone.git('init', '-q', '-b', 'main');
    await clone.git('remote', 'add', 'origin', remote);
    return clone;
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Commits files (null removes one) without pushing them; returns the id of the commit. */
  async commit(
    files: Record<string, string | null>,
    options: { at?: string; author?: string } = {},
  ): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      const file = join(this.#folder, path);
      if (text === null) {
        await rm(file);
      } else {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
      }
    }
    const { at = '2026-11-20T10:00:00Z', author = 'mina' } = options;
    await this.git('add', '-A');
    await this.#git(['commit', '-q', '--allow-empty', '-m', 'Change'], {
      GIT_AUTHOR_NAME: author,
      GIT_AUTHOR_EMAIL: `${author}@acme.example`,
      GIT_COMMITTER_DATE: at,
      GIT_AUTHOR_DATE: at,
    });
    return this.git('rev-parse', 'HEAD');
  }

  /** Commits and pushes to the branch of the working copy. */
  async push(
    files: Record<string, string | null>,
    options: { at?: string; author?: string; force?: boolean } = {},
  ): Promise<string> {
    const id = await this.commit(files, options);
    const force = options.force ? ['--force'] : [];
    await this.git('push', '-q', ...force, 'origin', 'HEAD');
    return id;
  }

  async git(...command: string[]): Promise<string> {
    return this.#git(command, {});
  }

  async #git(
    command: string[],
    variables: Record<string, string>,
  ): Promise<string> {
    const { stdout } = await run('git', command, {
      cwd: this.#folder,
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_GLOBAL: devNull,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_TERMINAL_PROMPT: '0',
        GIT_AUTHOR_NAME: 'mina',
        GIT_AUTHOR_EMAIL: 'mina@acme.example',
        GIT_COMMITTER_NAME: 'mina',
        GIT_COMMITTER_EMAIL: 'mina@acme.example',
        ...variables,
      },
    });
    return stdout.trim();
  }
}
