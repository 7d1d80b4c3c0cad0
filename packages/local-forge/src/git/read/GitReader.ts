import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { NotFoundError } from '@backstage/errors';
import { GitArchiveFormat, streamArchive } from './archive';
import { CatFilePool } from './CatFilePool';
import { diffCommits } from './diffCommits';
import { GitObjects } from './GitObjects';
import {
  MAX_LOG_LIMIT,
  countAheadBehind,
  countCommits,
  findMergeBase,
  listCommits,
  logArguments,
} from './history';
import { findLastCommits } from './lastCommits';
import { listRefs, splitRefPath } from './listRefs';
import { computeMergeability } from './mergeability';
import { runGit } from '../runGit';
import {
  GitAheadBehind,
  GitCommit,
  GitFileDiff,
  GitLogOptions,
  GitMergeability,
  GitRef,
  GitRefPath,
} from './types';
import { parsePath } from './validate';

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
export class GitReader extends GitObjects {
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
    return this.repository;
  }

  /** Name of the branch HEAD points to, even while it has no commit; undefined for a detached HEAD. */
  async defaultBranch(): Promise<string | undefined> {
    const { stdout } = await runGit(
      ['symbolic-ref', '--quiet', '--short', 'HEAD'],
      { gitDir: this.repository, acceptedCodes: [1] },
    );
    return stdout.toString('utf8').trim() || undefined;
  }

  /** Every branch, by name. */
  async branches(): Promise<GitRef[]> {
    return await listRefs(this.repository, 'heads');
  }

  /** Every tag that leads to a commit, newest first. */
  async tags(): Promise<GitRef[]> {
    return await listRefs(this.repository, 'tags');
  }

  /**
   * Splits what follows `tree/` or `blob/` in a URL: names of branches contain slashes, so the
   * longest existing branch or tag wins, then an object name. Undefined when nothing fits.
   */
  async splitRefPath(value: string): Promise<GitRefPath | undefined> {
    return await splitRefPath(this, value);
  }

  /** Commits that lead to a reference, newest first; rejects with `NotFoundError` when the reference is unknown. */
  async log(options: GitLogOptions = {}): Promise<GitCommit[]> {
    const start = await this.resolveOrThrow(options.ref ?? 'HEAD');
    const names = await listCommits(
      this.repository,
      logArguments(start, options),
    );
    return await this.#commits(names);
  }

  /** Commits in `head` that are not in `base`, newest first: those of a pull request. */
  async commitsBetween(
    base: string,
    head: string,
    options: { limit?: number } = {},
  ): Promise<GitCommit[]> {
    const names = await listCommits(this.repository, [
      `--max-count=${Math.min(options.limit ?? 250, MAX_LOG_LIMIT)}`,
      '--topo-order',
      await this.resolveOrThrow(head),
      `^${await this.resolveOrThrow(base)}`,
    ]);
    return await this.#commits(names);
  }

  /** Number of commits that lead to a reference. */
  async countCommits(ref: string): Promise<number> {
    return await countCommits(this.repository, await this.resolveOrThrow(ref));
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
    return await diffCommits(this.repository, from, to, options);
  }

  /** Best common ancestor of two references; undefined when their histories are unrelated. */
  async mergeBase(a: string, b: string): Promise<string | undefined> {
    return await findMergeBase(
      this.repository,
      await this.resolveOrThrow(a),
      await this.resolveOrThrow(b),
    );
  }

  /** How many commits only `head` has (ahead) and only `base` has (behind). */
  async aheadBehind(base: string, head: string): Promise<GitAheadBehind> {
    return await countAheadBehind(
      this.repository,
      await this.resolveOrThrow(base),
      await this.resolveOrThrow(head),
    );
  }

  /** Whether `head` merges into `base` without a conflict. */
  async mergeable(base: string, head: string): Promise<GitMergeability> {
    return await computeMergeability(
      this.repository,
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
    return streamArchive(this.repository, {
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
    const found = await findLastCommits(this.repository, {
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

  async #commits(names: string[]): Promise<GitCommit[]> {
    return await Promise.all(names.map(name => this.commit(name)));
  }
}
