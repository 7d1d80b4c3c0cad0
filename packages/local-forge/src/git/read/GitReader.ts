import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { InputError, NotFoundError } from '@backstage/errors';
import { GitArchiveFormat, streamArchive, streamBlob } from './archive';
import { CatFilePool } from './CatFilePool';
import { diffCommits } from './diffCommits';
import { findLastCommits } from './lastCommits';
import { MAX_LOG_LIMIT, logArguments } from './logArguments';
import { listRefs, refCandidates, splitRefPath } from './listRefs';
import { computeMergeability } from './mergeability';
import { parseCommit } from './parseCommit';
import { parseTree } from './parseTree';
import { runGit } from './runGit';
import {
  GitAheadBehind,
  GitCommit,
  GitFile,
  GitFileDiff,
  GitLogOptions,
  GitMergeability,
  GitRef,
  GitRefPath,
  GitTreeEntry,
} from './types';
import { isSha, parsePath, parseSha } from './validate';

/** The largest blob that is read into memory, in bytes: GitHub's own limit for a pushed file. */
export const MAX_BLOB_BYTES = 100 * 1024 * 1024;

const sharedPool = CatFilePool.create();

/** Ends every Git process that readers keep waiting for more work. */
export function closeGitReaders() {
  sharedPool.close();
}

/** Ends the waiting Git processes of one repository; call it before its folder is deleted or moved. */
export function releaseGitReader(repository: string) {
  sharedPool.release(repository);
}

/** Reads a bare repository by Git's plumbing commands. Nothing here writes to the repository. */
export class GitReader {
  readonly #repository: string;
  readonly #pool: CatFilePool;

  private constructor(repository: string, pool: CatFilePool) {
    this.#repository = repository;
    this.#pool = pool;
  }

  /** A reader of the bare repository in this folder; rejects with `NotFoundError` when there is none. */
  static async open(
    repository: string,
    options: { pool?: CatFilePool } = {},
  ): Promise<GitReader> {
    for (const part of ['HEAD', 'objects', 'refs']) {
      try {
        await stat(join(repository, part));
      } catch {
        throw new NotFoundError('There is no Git repository here');
      }
    }
    return new GitReader(repository, options.pool ?? sharedPool);
  }

  /** Folder of the bare repository. */
  get path(): string {
    return this.#repository;
  }

  /**
   * The commit a reference leads to: `HEAD`, a branch, a tag, a full reference name (`refs/heads/x`,
   * `heads/x`), or an object name (7 digits or more). Branches win over tags, as in GitHub's API.
   */
  async resolve(ref: string): Promise<string | undefined> {
    for (const candidate of refCandidates(ref)) {
      const object = await this.#pool.check(
        this.#repository,
        `${candidate}^{commit}`,
      );
      if (object?.type === 'commit') {
        return object.sha;
      }
    }
    return undefined;
  }

  /** Like {@link GitReader.resolve}, but rejects with `NotFoundError`. */
  async resolveOrThrow(ref: string): Promise<string> {
    const sha = await this.resolve(ref);
    if (!sha) {
      throw new NotFoundError(`There is no branch, tag or commit '${ref}'`);
    }
    return sha;
  }

  /** Name of the branch HEAD points to, even while it has no commit; undefined for a detached HEAD. */
  async defaultBranch(): Promise<string | undefined> {
    const { stdout } = await runGit(
      ['symbolic-ref', '--quiet', '--short', 'HEAD'],
      { repository: this.#repository, okCodes: [0, 1] },
    );
    return stdout.toString('utf8').trim() || undefined;
  }

  /** Every branch, by name. */
  async branches(): Promise<GitRef[]> {
    return await listRefs(this.#repository, 'heads');
  }

  /** Every tag that leads to a commit, newest first. */
  async tags(): Promise<GitRef[]> {
    return await listRefs(this.#repository, 'tags');
  }

  /**
   * Splits what follows `tree/` or `blob/` in a URL: names of branches contain slashes, so the
   * longest existing branch or tag wins, then an object name. Undefined when nothing fits.
   */
  async splitRefPath(value: string): Promise<GitRefPath | undefined> {
    return await splitRefPath(this, value);
  }

  /** Entries of a folder, folders first, or all of them below it. Rejects with `NotFoundError` when there is no such folder. */
  async tree(
    ref: string,
    path?: string,
    options: { recursive?: boolean } = {},
  ): Promise<GitTreeEntry[]> {
    const folder = parsePath(path);
    const root = await this.#treeish(ref);
    const name = folder ? await this.#folderSha(root, folder) : root;
    const { stdout, truncated } = await runGit(
      ['ls-tree', '-z', '-l', ...(options.recursive ? ['-r', '-t'] : []), name],
      { repository: this.#repository },
    );
    if (truncated) {
      throw new InputError('The tree is too large to be listed at once');
    }
    const entries = parseTree(stdout, folder);
    if (options.recursive) {
      return entries;
    }
    const rank = (entry: GitTreeEntry) => (entry.type === 'tree' ? 0 : 1);
    return entries.sort((a, b) => rank(a) - rank(b));
  }

  /** The entry at a path, whatever its type; undefined when there is none. */
  async entry(ref: string, path: string): Promise<GitTreeEntry | undefined> {
    const parsed = parsePath(path);
    const root = await this.#treeish(ref);
    if (parsed === '') {
      return undefined;
    }
    const { stdout } = await runGit(
      ['ls-tree', '-z', '-l', root, '--', parsed],
      { repository: this.#repository },
    );
    return parseTree(stdout, '').find(entry => entry.path === parsed);
  }

  /** Content of a blob by its object name; rejects with `NotFoundError`, or `InputError` above the limit. */
  async blob(
    sha: string,
    options: { maxBytes?: number } = {},
  ): Promise<Buffer> {
    const name = parseSha(sha);
    const limit = options.maxBytes ?? MAX_BLOB_BYTES;
    const known = await this.#pool.check(this.#repository, name);
    if (known?.type !== 'blob') {
      throw new NotFoundError(`There is no blob ${name}`);
    }
    if (known.size > limit) {
      throw new InputError(
        `The file has ${known.size} bytes, more than the limit of ${limit}`,
      );
    }
    const object = await this.#pool.read(this.#repository, name);
    return object?.content ?? Buffer.alloc(0);
  }

  /** Content of a blob as a stream, for files of any size. */
  blobStream(sha: string): Readable {
    return streamBlob(this.#repository, parseSha(sha));
  }

  /** A file with its content; undefined when the path is absent, a folder or a submodule. A symlink's content is its target. */
  async file(
    ref: string,
    path: string,
    options: { maxBytes?: number } = {},
  ): Promise<GitFile | undefined> {
    const entry = await this.entry(ref, path);
    if (!entry || (entry.type !== 'blob' && entry.type !== 'symlink')) {
      return undefined;
    }
    const content = await this.blob(entry.sha, options);
    return { ...entry, size: content.length, content };
  }

  /** A commit by object name; rejects with `NotFoundError`. */
  async commit(sha: string): Promise<GitCommit> {
    const object = await this.#pool.read(this.#repository, parseSha(sha));
    if (object?.type !== 'commit' || !object.content) {
      throw new NotFoundError(`There is no commit ${sha}`);
    }
    return parseCommit(object.sha, object.content);
  }

  /** Commits that lead to a reference, newest first; rejects with `NotFoundError` when the reference is unknown. */
  async log(options: GitLogOptions = {}): Promise<GitCommit[]> {
    const start = await this.resolveOrThrow(options.ref ?? 'HEAD');
    const { stdout } = await runGit(logArguments(start, options), {
      repository: this.#repository,
    });
    return await this.#commits(stdout);
  }

  /** Commits in `head` that are not in `base`, newest first: those of a pull request. */
  async commitsBetween(
    base: string,
    head: string,
    options: { limit?: number } = {},
  ): Promise<GitCommit[]> {
    const { stdout } = await runGit(
      [
        'rev-list',
        `--max-count=${Math.min(options.limit ?? 250, MAX_LOG_LIMIT)}`,
        '--topo-order',
        await this.resolveOrThrow(head),
        `^${await this.resolveOrThrow(base)}`,
      ],
      { repository: this.#repository },
    );
    return await this.#commits(stdout);
  }

  /** Number of commits that lead to a reference. */
  async countCommits(ref: string): Promise<number> {
    const { stdout } = await runGit(
      ['rev-list', '--count', await this.resolveOrThrow(ref)],
      { repository: this.#repository },
    );
    return Number(stdout.toString('utf8').trim());
  }

  /**
   * Files that differ between two commits. With `mergeBase`, from their best common ancestor to `head`,
   * as a pull request shows them. Without `base`, everything in `head` counts as added.
   */
  async diff(
    base: string | undefined,
    head: string,
    options: { mergeBase?: boolean; maxPatchBytes?: number } = {},
  ): Promise<GitFileDiff[]> {
    const to = await this.resolveOrThrow(head);
    let from = base === undefined ? undefined : await this.resolveOrThrow(base);
    if (from && options.mergeBase) {
      // Without a common ancestor the whole of `head` is new.
      from = await this.mergeBase(from, to);
    }
    return await diffCommits(this.#repository, from, to, options);
  }

  /** Best common ancestor of two references; undefined when their histories are unrelated. */
  async mergeBase(a: string, b: string): Promise<string | undefined> {
    const { stdout } = await runGit(
      [
        'merge-base',
        await this.resolveOrThrow(a),
        await this.resolveOrThrow(b),
      ],
      { repository: this.#repository, okCodes: [0, 1] },
    );
    return stdout.toString('utf8').trim() || undefined;
  }

  /** How many commits only `head` has (ahead) and only `base` has (behind). */
  async aheadBehind(base: string, head: string): Promise<GitAheadBehind> {
    const range = `${await this.resolveOrThrow(
      base,
    )}...${await this.resolveOrThrow(head)}`;
    const { stdout } = await runGit(
      ['rev-list', '--left-right', '--count', range],
      { repository: this.#repository },
    );
    const [behind, ahead] = stdout.toString('utf8').trim().split(/\s+/);
    return { ahead: Number(ahead), behind: Number(behind) };
  }

  /** Whether `head` merges into `base` without a conflict. */
  async mergeable(base: string, head: string): Promise<GitMergeability> {
    return await computeMergeability(
      this.#repository,
      await this.resolveOrThrow(base),
      await this.resolveOrThrow(head),
    );
  }

  /** The files of a reference as an archive whose paths start with `prefix/`. */
  async archive(
    ref: string,
    format: GitArchiveFormat,
    prefix?: string,
  ): Promise<Readable> {
    const commit = await this.resolveOrThrow(ref);
    return streamArchive(this.#repository, {
      commit,
      format,
      prefix: parsePath(prefix, 'prefix'),
    });
  }

  /**
   * The newest commit that touched each entry of a folder, by entry name. Bounded: an entry whose last
   * change lies more than `maxCommits` (2,000) commits back is absent.
   */
  async lastCommitPerEntry(
    ref: string,
    path?: string,
    options: { maxCommits?: number } = {},
  ): Promise<Map<string, GitCommit>> {
    const commit = await this.resolveOrThrow(ref);
    const entries = await this.tree(commit, path);
    const found = await findLastCommits(this.#repository, {
      commit,
      folder: parsePath(path),
      names: entries.map(entry => entry.name),
      maxCommits: options.maxCommits ?? 2_000,
    });
    const result = new Map<string, GitCommit>();
    for (const [name, sha] of found) {
      result.set(name, await this.commit(sha));
    }
    return result;
  }

  async #commits(shas: Buffer): Promise<GitCommit[]> {
    const names = shas.toString('utf8').split('\n').filter(isSha);
    return await Promise.all(names.map(name => this.commit(name)));
  }

  /** A commit by reference, or a tree by its object name. */
  async #treeish(ref: string): Promise<string> {
    if (isSha(ref)) {
      const object = await this.#pool.check(this.#repository, `${ref}^{tree}`);
      if (object) {
        return object.sha;
      }
    }
    return await this.resolveOrThrow(ref);
  }

  async #folderSha(root: string, folder: string): Promise<string> {
    const { stdout } = await runGit(
      ['ls-tree', '-z', '-l', root, '--', folder],
      {
        repository: this.#repository,
      },
    );
    const entry = parseTree(stdout, '').find(item => item.path === folder);
    if (entry?.type !== 'tree') {
      throw new NotFoundError(`There is no folder '${folder}'`);
    }
    return entry.sha;
  }
}
