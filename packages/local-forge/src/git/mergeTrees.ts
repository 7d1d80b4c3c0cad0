import { ServiceUnavailableError } from '@backstage/errors';
import { GitCommandError, runGit } from './runGit';

/** What a three-way merge gives; histories without a common commit conflict in no file. */
export type MergeOutcome =
  | { clean: true; tree: string }
  | { clean: false; conflicts: string[] };

/**
 * Merges two commits' trees without touching a ref (`git merge-tree`): the one
 * answer to whether two commits merge.
 *
 * @param options.allowUnrelated - merges histories without a common commit as if
 * both had started from nothing.
 * @param options.env - where new objects go, if not into the repository.
 */
export async function mergeTrees(
  gitDir: string,
  ours: string,
  theirs: string,
  options: { allowUnrelated?: boolean; env?: Record<string, string> } = {},
): Promise<MergeOutcome> {
  const args = [
    'merge-tree',
    '--write-tree',
    '--name-only',
    '--no-messages',
    '-z',
    ...(options.allowUnrelated ? ['--allow-unrelated-histories'] : []),
    ours,
    theirs,
  ];
  const outcome = await runGit(args, {
    gitDir,
    env: options.env,
    acceptedCodes: [1, 128, 129],
  });
  if (outcome.code === 129) {
    throw new ServiceUnavailableError(
      'Git 2.38 or newer is needed to tell whether two branches merge',
    );
  }
  if (outcome.code === 128) {
    if (outcome.stderr.includes('unrelated histories')) {
      return { clean: false, conflicts: [] };
    }
    throw new GitCommandError(args, outcome);
  }
  const [tree, ...names] = outcome.stdout
    .toString('utf8')
    .split('\0')
    .filter(Boolean);
  return outcome.code === 0
    ? { clean: true, tree }
    : { clean: false, conflicts: [...new Set(names)] };
}
