import { writeBlob, writeCommit, writeTree } from '../git/write/objects';
import { moveRef, NO_OBJECT } from '../git/write/refs';
import { WriteContext } from '../state/ForgeState';

/** The commit with a README that GitHub makes for `auto_init`. */
export async function writeInitialCommit(
  gitDir: string,
  repository: { name: string; branch: string; description?: unknown },
  context: WriteContext,
): Promise<void> {
  const { name, branch, description } = repository;
  const readme = description ? `# ${name}\n${description}\n` : `# ${name}\n`;
  const sha = await writeBlob(gitDir, Buffer.from(readme));
  const tree = await writeTree(gitDir, {
    changes: [{ path: 'README.md', mode: '100644', sha }],
  });
  const author = {
    name: context.actor,
    email: `${context.actor}@users.noreply.localhost`,
    date: context.at ?? new Date(),
  };
  const commit = await writeCommit(gitDir, {
    tree,
    parents: [],
    message: 'Initial commit',
    author,
  });
  await moveRef(gitDir, {
    ref: `refs/heads/${branch}`,
    before: NO_OBJECT,
    after: commit,
  });
}
