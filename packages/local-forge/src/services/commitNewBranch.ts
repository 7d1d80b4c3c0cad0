import { GitHubApiError } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { writeBlob, writeCommit, writeTree } from '../git/write/objects';
import { NO_OBJECT } from '../git/write/refs';
import { CommitFile } from '../pages';

/** Commits one file on a new branch, as an edit in the browser does. */
export async function commitNewBranch(
  context: ForgeContext,
  owner: string,
  name: string,
  change: Parameters<CommitFile>[2],
): Promise<void> {
  const { actor } = change;
  const repository = await context.repositories.get(owner, name);
  await context.access.require(actor, repository, 'push');
  const gitDir = context.repositories.directory(repository);
  await context.refs.locked(repository, async () => {
    const reader = await context.repositories.reader(repository);
    const ref = `refs/heads/${change.branch}`;
    if (await reader.resolve(ref)) {
      throw new GitHubApiError(409, `A branch ${change.branch} exists already`);
    }
    const present = await reader.entry(change.from, change.path);
    const tree = await writeTree(gitDir, {
      base: change.from,
      changes: [
        {
          path: change.path,
          mode: present?.mode === '100755' ? '100755' : '100644',
          sha: await writeBlob(gitDir, change.content),
        },
      ],
    });
    const after = await writeCommit(gitDir, {
      tree,
      parents: [change.from],
      message: change.message,
      author: await context.people.signature(actor, new Date()),
    });
    await context.refs.moveLocked(
      repository,
      [{ ref, before: NO_OBJECT, after }],
      { actor },
    );
  });
}
