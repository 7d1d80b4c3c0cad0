import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gitEnvironment } from '../../process';

/** A file's content, or the target of a symbolic link. */
export type TestContent = string | Buffer | { symlink: string };

/** A real repository with a work tree in a temporary folder; `bare` is what readers are given. */
export class TestRepository {
  readonly root: string;
  readonly work: string;
  readonly bare: string;
  #clock = Date.parse('2026-01-05T09:00:00Z') / 1000;

  private constructor(root: string) {
    this.root = root;
    this.work = join(root, 'work');
    this.bare = join(root, 'work', '.git');
  }

  static create(): TestRepository {
    const repository = new TestRepository(
      mkdtempSync(join(tmpdir(), 'waymark-git-')),
    );
    mkdirSync(repository.work);
    repository.git('init', '--quiet', '--initial-branch=main');
    return repository;
  }

  /** Runs Git in the work tree. */
  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.work,
      encoding: 'utf8',
      env: gitEnvironment({
        GIT_AUTHOR_NAME: 'Mina Okafor',
        GIT_AUTHOR_EMAIL: 'dev-checkout@acme.example',
        GIT_COMMITTER_NAME: 'Forge',
        GIT_COMMITTER_EMAIL: 'forge@acme.example',
        GIT_AUTHOR_DATE: `${this.#clock} +0200`,
        GIT_COMMITTER_DATE: `${this.#clock} +0200`,
        GIT_LITERAL_PATHSPECS: '0',
      }),
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  }

  write(path: string, content: TestContent) {
    const file = join(this.work, path);
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file, { force: true });
    if (typeof content === 'object' && 'symlink' in content) {
      symlinkSync(content.symlink, file);
      lstatSync(file);
    } else {
      writeFileSync(file, content);
    }
  }

  /** Writes and removes files and commits; each commit is an hour after the one before. Returns its name. */
  commit(
    message: string,
    files: Record<string, TestContent | undefined>,
    options: { author?: string } = {},
  ): string {
    for (const [path, content] of Object.entries(files)) {
      if (content === undefined) {
        rmSync(join(this.work, path));
      } else {
        this.write(path, content);
      }
    }
    this.#clock += 3600;
    this.git('add', '--all');
    this.git(
      'commit',
      '--quiet',
      '--allow-empty',
      '--cleanup=verbatim',
      '-m',
      message,
      ...(options.author ? [`--author=${options.author}`] : []),
    );
    return this.git('rev-parse', 'HEAD');
  }

  remove() {
    rmSync(this.root, { recursive: true, force: true });
  }
}
