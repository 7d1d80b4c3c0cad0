import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitHubApiError } from '../../errors';
import { isSha, parsePath } from '../read/validate';
import { gitText, GitCommandError, runGit } from '../runGit';

/** A person and an instant, as a commit records them. */
export interface Signature {
  name: string;
  email: string;
  date: Date;
}

/** One change to a tree: an object at a path, or its removal (`sha: null`). */
export interface TreeChange {
  path: string;
  mode: '100644' | '100755' | '040000' | '160000' | '120000';
  sha: string | null;
}

/** Writes a blob and returns its object id. */
export async function writeBlob(
  gitDir: string,
  content: Buffer,
): Promise<string> {
  return await gitText(['hash-object', '-w', '--stdin'], {
    gitDir,
    input: content,
  });
}

/**
 * Writes a tree: the given changes on top of `base` (a tree or commit id), or
 * on an empty tree. A change of mode `040000` grafts a whole tree at a path.
 *
 * @throws GitHubApiError 422 for a path that may not be in a tree or an object
 * that the repository does not have.
 */
export async function writeTree(
  gitDir: string,
  options: { base?: string; changes: readonly TreeChange[] },
): Promise<string> {
  for (const change of options.changes) {
    if (!isTreePath(change.path)) {
      throw new GitHubApiError(
        422,
        `tree.path contains a malformed path component: ${change.path}`,
      );
    }
    if (change.sha !== null && !isSha(change.sha)) {
      throw new GitHubApiError(422, `tree.sha ${change.sha} is not a SHA`);
    }
  }
  const scratch = await mkdtemp(join(tmpdir(), 'waymark-forge-index-'));
  const env = { GIT_INDEX_FILE: join(scratch, 'index') };
  try {
    if (options.base) {
      await runGit(['read-tree', options.base], { gitDir, env });
    } else {
      await runGit(['read-tree', '--empty'], { gitDir, env });
    }
    const removals: string[] = [];
    const additions: string[] = [];
    for (const change of options.changes) {
      if (change.sha === null) {
        removals.push(change.path);
      } else if (change.mode !== '040000') {
        additions.push(`${change.mode} ${change.sha}\t${change.path}\0`);
      }
    }
    if (removals.length > 0) {
      // `rm --cached` would want a work tree; the index takes a removal as mode 0.
      const paths = await expandDirectories(gitDir, env, removals);
      await runGit(['update-index', '-z', '--index-info'], {
        gitDir,
        env,
        input: paths.map(path => `0 ${'0'.repeat(40)}\t${path}\0`).join(''),
      });
    }
    for (const change of options.changes) {
      if (change.sha !== null && change.mode === '040000') {
        await runGit(
          ['read-tree', '-i', `--prefix=${change.path}/`, change.sha],
          {
            gitDir,
            env,
          },
        );
      }
    }
    if (additions.length > 0) {
      await runGit(['update-index', '-z', '--replace', '--index-info'], {
        gitDir,
        env,
        input: additions.join(''),
      });
    }
    return await gitText(['write-tree'], { gitDir, env });
  } catch (error) {
    if (error instanceof GitCommandError) {
      throw new GitHubApiError(422, `The tree is not valid: ${error.message}`);
    }
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function expandDirectories(
  gitDir: string,
  env: Record<string, string>,
  paths: string[],
): Promise<string[]> {
  // Without a work tree, paths do not depend on the folder that this runs in.
  const listed = await runGit(['ls-files', '-z', '--cached', '--', ...paths], {
    gitDir,
    env,
  });
  return listed.stdout.toString('utf8').split('\0').filter(Boolean);
}

/** Writes a commit with exactly this message and returns its object id. */
export async function writeCommit(
  gitDir: string,
  commit: {
    tree: string;
    parents: readonly string[];
    message: string;
    author: Signature;
    committer?: Signature;
  },
): Promise<string> {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map(parent => `parent ${parent}`),
    `author ${formatSignature(commit.author)}`,
    `committer ${formatSignature(commit.committer ?? commit.author)}`,
    '',
    commit.message,
  ];
  return await gitText(['hash-object', '-w', '-t', 'commit', '--stdin'], {
    gitDir,
    input: lines.join('\n'),
  });
}

/** Writes an annotated tag object (not its ref) and returns its object id. */
export async function writeTag(
  gitDir: string,
  tag: {
    object: string;
    type: string;
    name: string;
    message: string;
    tagger: Signature;
  },
): Promise<string> {
  return await gitText(['hash-object', '-w', '-t', 'tag', '--stdin'], {
    gitDir,
    input: [
      `object ${tag.object}`,
      `type ${tag.type}`,
      `tag ${tag.name}`,
      `tagger ${formatSignature(tag.tagger)}`,
      '',
      tag.message,
    ].join('\n'),
  });
}

function formatSignature(signature: Signature): string {
  const clean = (text: string) => text.replace(/[<>\n\r\0]/g, '').trim();
  const seconds = Math.floor(signature.date.getTime() / 1000);
  const name = clean(signature.name) || 'unknown';
  return `${name} <${clean(signature.email)}> ${seconds} +0000`;
}

/** Type of an object, or undefined when the repository does not have it. */
export async function objectType(
  gitDir: string,
  sha: string,
): Promise<string | undefined> {
  const outcome = await runGit(['cat-file', '-t', sha], {
    gitDir,
    acceptedCodes: [1, 128],
  });
  return outcome.code === 0
    ? outcome.stdout.toString('utf8').trim()
    : undefined;
}

function isTreePath(path: string): boolean {
  try {
    return path !== '' && parsePath(path) === path;
  } catch {
    return false;
  }
}
