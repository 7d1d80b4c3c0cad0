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

  /** Commits a file that counts, an hour apart each, and pushes; quick for hundreds. */
  async pushMany(count: number, options: { from: string }): Promise<string> {
    const begin = Date.parse(options.from) / 1000;
    const stream = Array.from({ length: count }, (_, index) =>
      [
        'commit refs/heads/main',
        `committer mina <mina@acme.example> ${begin + index * 3600} +0000`,
        'data 6\nChange',
        ...(index === 0 ? ['from refs/heads/main^0'] : []),
        `M 100644 inline count.txt\ndata ${String(index).length}\n${index}`,
        '',
      ].join('\n'),
    ).join('\n');
    await this.#git(['fast-import', '--quiet'], {}, stream);
    await this.git('reset', '-q', '--hard', 'main');
    await this.git('push', '-q', 'origin', 'main');
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
    input?: string,
  ): Promise<string> {
    const running = run('git', command, {
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
    if (input !== undefined) {
      running.child.stdin!.end(input);
    }
    const { stdout } = await running;
    return stdout.trim();
  }
}
