import { InputError } from '@backstage/errors';
import { runGit } from '../runGit';
import { GitAheadBehind, GitLogOptions } from './types';
import { isSha, parsePath } from './validate';

/** The most commits one listing gives. */
export const MAX_LOG_LIMIT = 1_000;

/** Arguments of {@link listCommits} for the commits that lead to `start`. */
export function logArguments(start: string, options: GitLogOptions): string[] {
  const limit = options.limit ?? 30;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LOG_LIMIT) {
    throw new InputError(`limit must be between 1 and ${MAX_LOG_LIMIT}`);
  }
  const skip = options.skip ?? 0;
  if (!Number.isInteger(skip) || skip < 0) {
    throw new InputError('skip must be a whole number, 0 or more');
  }
  const path = parsePath(options.path);
  return [
    `--max-count=${limit}`,
    `--skip=${skip}`,
    ...(options.since ? [`--since=${options.since.toISOString()}`] : []),
    ...(options.until ? [`--until=${options.until.toISOString()}`] : []),
    ...(options.author
      ? ['--fixed-strings', `--author=${options.author}`]
      : []),
    start,
    ...(path ? ['--', path] : []),
  ];
}

/** Names of the commits that `git rev-list` gives for these arguments. */
export async function listCommits(
  repository: string,
  args: string[],
): Promise<string[]> {
  const { stdout } = await runGit(['rev-list', ...args], {
    gitDir: repository,
  });
  return stdout.toString('utf8').split('\n').filter(isSha);
}

/** Number of commits that lead to a commit, itself included. */
export async function countCommits(
  repository: string,
  commit: string,
): Promise<number> {
  const { stdout } = await runGit(['rev-list', '--count', commit], {
    gitDir: repository,
  });
  return Number(stdout.toString('utf8').trim());
}

/** Best common ancestor of two commits. */
export async function findMergeBase(
  repository: string,
  a: string,
  b: string,
): Promise<string | undefined> {
  const { stdout } = await runGit(['merge-base', a, b], {
    gitDir: repository,
    acceptedCodes: [1],
  });
  return stdout.toString('utf8').trim() || undefined;
}

/** Commits that only one of two commits can reach. */
export async function countAheadBehind(
  repository: string,
  base: string,
  head: string,
): Promise<GitAheadBehind> {
  const { stdout } = await runGit(
    ['rev-list', '--left-right', '--count', `${base}...${head}`],
    { gitDir: repository },
  );
  const [behind, ahead] = stdout.toString('utf8').trim().split(/\s+/);
  return { ahead: Number(ahead), behind: Number(behind) };
}
