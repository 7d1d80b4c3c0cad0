import { mergeTrees } from '../mergeTrees';
import { gitText, runGit } from '../runGit';
import { Signature, writeCommit } from './objects';

/** Whether one commit leads to another; false when one of them is not there. */
export async function isAncestor(
  gitDir: string,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  const outcome = await runGit(
    ['merge-base', '--is-ancestor', ancestor, descendant],
    { gitDir, acceptedCodes: [1, 128] },
  );
  return outcome.code === 0;
}

/**
 * Replays the commits of `base..head` (first parents, without merges) on top of
 * `base`. Authors stay, the committer is the one given.
 */
export async function rebaseCommits(
  gitDir: string,
  options: { base: string; head: string; committer: Signature },
): Promise<
  { clean: true; head: string } | { clean: false; conflicts: string[] }
> {
  const listed = await gitText(
    [
      'log',
      '--reverse',
      '--no-merges',
      '--format=%H%x00%P%x00%an%x00%ae%x00%at%x00%B%x01',
      `${options.base}..${options.head}`,
    ],
    { gitDir },
  );
  let tip = options.base;
  for (const record of listed.split('\x01')) {
    const text = record.replace(/^\n/, '');
    if (!text.trim()) {
      continue;
    }
    const [sha, parents, name, email, seconds, message] = text.split('\0');
    const parent = parents.split(' ')[0];
    const tipTree = await gitText(['rev-parse', `${tip}^{tree}`], { gitDir });
    // A stand-in for the tip whose parent is the commit's own parent makes that
    // parent the merge base: a cherry-pick for git before 2.40, which cannot be
    // told a merge base.
    const standIn = parent
      ? await writeCommit(gitDir, {
          tree: tipTree,
          parents: [parent],
          message: 'rebase stand-in',
          author: options.committer,
        })
      : tip;
    const merged = await mergeTrees(gitDir, standIn, sha, {
      // A commit without a parent brings all of its files.
      allowUnrelated: !parent,
    });
    if (!merged.clean) {
      return merged;
    }
    if (merged.tree !== tipTree) {
      tip = await writeCommit(gitDir, {
        tree: merged.tree,
        parents: [tip],
        message: message.replace(/\n+$/, ''),
        author: { name, email, date: new Date(Number(seconds) * 1000) },
        committer: options.committer,
      });
    }
  }
  return { clean: true, head: tip };
}
