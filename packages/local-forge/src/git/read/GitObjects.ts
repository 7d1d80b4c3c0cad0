import { Readable } from 'node:stream';
import { InputError, NotFoundError } from '@backstage/errors';
import { streamBlob } from './archive';
import { CatFilePool } from './CatFilePool';
import { refCandidates } from './listRefs';
import { parseCommit } from './parseCommit';
import { parseTree } from './parseTree';
import { runGit } from '../runGit';
import { GitCommit, GitFile, GitTreeEntry } from './types';
import { isSha, parsePath, parseSha } from './validate';

/** The largest blob that is read into memory, in bytes: GitHub's own limit for a pushed file. */
export const MAX_BLOB_BYTES = 100 * 1024 * 1024;
const MAX_TREE_BYTES = 64 * 1024 * 1024;

/** Names, trees, blobs and commits of a bare repository: the part of a reader without history. */
export class GitObjects {
  protected readonly repository: string;
  readonly #pool: CatFilePool;

  protected constructor(repository: string, pool: CatFilePool) {
    this.repository = repository;
    this.#pool = pool;
  }

  /**
   * The commit a reference leads to: `HEAD`, a branch, a tag, a full reference name (`refs/heads/x`,
   * `heads/x`), or an object name (7 digits or more). Branches win over tags, as in GitHub's API.
   */
  async resolve(ref: string): Promise<string | undefined> {
    for (const candidate of refCandidates(ref)) {
      const object = await this.#pool.check(
        this.repository,
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
      { gitDir: this.repository, maxBytes: MAX_TREE_BYTES },
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
      { gitDir: this.repository },
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
    const known = await this.#pool.check(this.repository, name);
    if (known?.type !== 'blob') {
      throw new NotFoundError(`There is no blob ${name}`);
    }
    if (known.size > limit) {
      throw new InputError(
        `The file has ${known.size} bytes, more than the limit of ${limit}`,
      );
    }
    const object = await this.#pool.read(this.repository, name);
    return object?.content ?? Buffer.alloc(0);
  }

  /** Content of a blob as a stream, for files of any size. */
  blobStream(sha: string): Readable {
    return streamBlob(this.repository, parseSha(sha));
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
    const object = await this.#pool.read(this.repository, parseSha(sha));
    if (object?.type !== 'commit' || !object.content) {
      throw new NotFoundError(`There is no commit ${sha}`);
    }
    return parseCommit(object.sha, object.content);
  }

  /** A commit by reference, or a tree by its object name. */
  async #treeish(ref: string): Promise<string> {
    if (isSha(ref)) {
      const object = await this.#pool.check(this.repository, `${ref}^{tree}`);
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
        gitDir: this.repository,
      },
    );
    const entry = parseTree(stdout, '').find(item => item.path === folder);
    if (entry?.type !== 'tree') {
      throw new NotFoundError(`There is no folder '${folder}'`);
    }
    return entry.sha;
  }
}
