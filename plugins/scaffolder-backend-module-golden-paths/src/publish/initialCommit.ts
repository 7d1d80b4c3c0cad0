import fs from 'node:fs';
import {
  InputError,
  ServiceUnavailableError,
  isError,
} from '@backstage/errors';
import git from 'isomorphic-git';
import http from 'isomorphic-git/http/node';

/** An initial commit is small: a forge that takes longer does not answer. */
const PUSH_TIMEOUT_MILLIS = 120_000;

/** A commit that exists on this machine only, until {@link pushCommit}. */
export interface LocalCommit {
  sha: string;
  /** Of its tree: equal exactly when the files are. */
  tree: string;
  files: number;
  /** The Git directory that holds it. */
  gitdir: string;
  branch: string;
}

/**
 * Commits the files of a folder, without leaving a trace in it. Ignored files (`.gitignore`) are left out.
 *
 * @param gitdir - an empty folder for Git's own data
 * @throws InputError when there is nothing to commit
 */
export async function commitFolder(options: {
  folder: string;
  gitdir: string;
  branch: string;
  message: string;
  author: { name: string; email: string };
  at: Date;
}): Promise<LocalCommit> {
  const { folder: dir, gitdir, branch, message, at } = options;
  const repository = { fs, dir, gitdir };
  await git.init({ ...repository, defaultBranch: branch });
  await git.add({ ...repository, filepath: '.' });
  const files = (await git.listFiles(repository)).length;
  if (files === 0) {
    throw new InputError('There are no files to publish in the workspace');
  }
  const author = {
    ...options.author,
    timestamp: Math.floor(at.getTime() / 1000),
    timezoneOffset: 0,
  };
  const sha = await git.commit({
    ...repository,
    message,
    author,
    committer: author,
  });
  const { commit } = await git.readCommit({ fs, gitdir, oid: sha });
  return { sha, tree: commit.tree, files, gitdir, branch };
}

/**
 * Pushes a commit to an empty repository. Never forced: a branch that is already there wins.
 *
 * @throws ServiceUnavailableError when the forge refuses or does not answer
 */
export async function pushCommit(
  commit: LocalCommit,
  remote: { url: string; token: string; timeoutMillis?: number },
): Promise<void> {
  try {
    await git.push({
      fs,
      http,
      gitdir: commit.gitdir,
      url: remote.url,
      ref: commit.branch,
      remoteRef: `refs/heads/${commit.branch}`,
      onAuth: () => ({ username: 'x-access-token', password: remote.token }),
      // Asked again, isomorphic-git would try the same refused credentials for ever.
      onAuthFailure: () => ({ cancel: true }),
      signal: AbortSignal.timeout(remote.timeoutMillis ?? PUSH_TIMEOUT_MILLIS),
    });
  } catch (error) {
    throw new ServiceUnavailableError(
      `Could not push the initial commit to ${remote.url}: ${
        isError(error) ? error.message : 'unknown error'
      }`,
    );
  }
}
