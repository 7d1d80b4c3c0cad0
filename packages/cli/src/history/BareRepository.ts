import {
  HistoryCommit,
  TreeFile,
} from '@waymark/scorecards-backend-module-git/describe';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GitObjects } from './GitObjects';

const run = promisify(execFile);
const MOST_OUTPUT = 512 * 1024 * 1024;
const FOLDER = '40000';
const LINK = '120000';
const MODULE = '160000';

/** Finds whose address a commit names. */
export type LoginOf = (address: string) => string | undefined;

/** A commit of the default branch, as its branch came to it. */
export interface BranchCommit {
  id: string;
  at: Date;
}

/** A bare Git repository on this machine, read at once. */
export class BareRepository {
  readonly #folder: string;
  readonly #objects: GitObjects;
  /** Name of the default branch. */
  readonly defaultBranch: string;
  /** What it pointed at, oldest first; nothing where it has no commit. */
  readonly branch: readonly BranchCommit[];

  static async open(folder: string): Promise<BareRepository> {
    const [name] = linesOf(
      await git(folder, 'symbolic-ref', '--short', 'HEAD'),
    );
    const [head] = linesOf(
      await git(
        folder,
        'for-each-ref',
        '--format=%(objectname)',
        `refs/heads/${name}`,
      ),
    );
    const lines = head
      ? linesOf(
          await git(
            folder,
            'log',
            '--first-parent',
            '--reverse',
            '--format=%H %ct',
            head,
          ),
        )
      : [];
    const objects = GitObjects.parse(
      await git(folder, 'cat-file', '--batch', '--batch-all-objects'),
    );
    return new BareRepository(folder, objects, name, lines);
  }

  private constructor(
    folder: string,
    objects: GitObjects,
    defaultBranch: string,
    lines: string[],
  ) {
    this.#folder = folder;
    this.#objects = objects;
    this.defaultBranch = defaultBranch;
    this.branch = lines.map(line => {
      const [id, seconds] = line.split(' ');
      return { id, at: new Date(Number(seconds) * 1000) };
    });
  }

  /** The commits that led to a commit and changed a folder (the empty string is the whole), newest first. */
  async history(
    commit: string,
    folder: string,
    loginOf: LoginOf,
  ): Promise<HistoryCommit[]> {
    const ids = folder
      ? linesOf(await git(this.#folder, 'rev-list', commit, '--', folder))
      : this.#ancestors(commit);
    return ids.map(id => {
      const { at, name, address } = this.#objects.commit(id);
      const login = loginOf(address);
      return {
        id,
        at,
        authorKey: login ? `@${login}` : address.toLowerCase(),
        name,
        login: login ?? null,
      };
    });
  }

  files(commit: string): TreeFile[] {
    return this.#filesBelow(this.#objects.commit(commit).tree, '');
  }

  text(sha: string): string {
    return this.#objects.blob(sha).toString('utf8');
  }

  /** The commit itself first, then by their dates. */
  #ancestors(commit: string): string[] {
    const found = new Set([commit]);
    for (const id of found) {
      this.#objects.commit(id).parents.forEach(parent => found.add(parent));
    }
    found.delete(commit);
    const millis = (id: string) => this.#objects.commit(id).at.getTime();
    return [
      commit,
      ...[...found].sort((one, other) => millis(other) - millis(one)),
    ];
  }

  #filesBelow(tree: string, prefix: string): TreeFile[] {
    return this.#objects.tree(tree).flatMap(({ mode, name, sha }) => {
      const path = `${prefix}${name}`;
      switch (mode) {
        case FOLDER:
          return this.#filesBelow(sha, `${path}/`);
        case MODULE:
          return [];
        default: {
          const { length: size } = this.#objects.blob(sha);
          return { path, sha, size, ...(mode === LINK && { isLink: true }) };
        }
      }
    });
  }
}

async function git(folder: string, ...args: string[]): Promise<Buffer> {
  const { stdout } = await run('git', ['--git-dir', folder, ...args], {
    maxBuffer: MOST_OUTPUT,
    encoding: 'buffer',
  });
  return stdout;
}

function linesOf(output: Buffer): string[] {
  return output.toString('utf8').split('\n').filter(Boolean);
}
