import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { isRefName } from '../git/read';
import { NO_OBJECT } from '../git/write/refs';
import { WriteContext } from '../state/ForgeState';
import { RestRepository } from './types';

/**
 * Renames a branch with all that hangs on its name: its protection, the pull
 * requests that are to be merged into it, and the default branch. As on
 * GitHub, a protected and the default branch are for administrators, and the
 * protection does not stand against a rename.
 *
 * @returns the commit of the branch
 * @throws GitHubApiError 404, 403, or 422 when the new name is none, or taken
 */
export async function renameBranch(
  context: ForgeContext,
  repository: RestRepository,
  names: { from: string; to: unknown },
  writer: WriteContext,
): Promise<string> {
  const { from, to } = names;
  const protection = context.refs.protectionOf(repository, from);
  const isDefault = from === repository.default_branch;
  await context.access.require(
    writer.actor,
    repository,
    protection || isDefault ? 'admin' : 'push',
  );
  const reader = await context.repositories.reader(repository);
  const sha = await reader.resolve(`refs/heads/${from}`);
  if (!sha) {
    throw notFound();
  }
  if (typeof to !== 'string' || !isRefName(to)) {
    throw new GitHubApiError(422, 'new_name is not the name of a branch');
  }
  if (await reader.resolve(`refs/heads/${to}`)) {
    throw new GitHubApiError(422, `new_name: the branch ${to} already exists`);
  }
  const move = (branch: string, before: string, after: string) =>
    context.refs.move(
      repository,
      [{ ref: `refs/heads/${branch}`, before, after }],
      writer,
      { bypassProtection: true },
    );
  const keyOf = (branch: string) => `${repository.full_name}#${branch}`;
  // Protected before it is there, so that nobody gets in between.
  if (protection) {
    await context.state.put('protection', keyOf(to), protection, writer);
  }
  await move(to, NO_OBJECT, sha);
  for (const pull of await context.pulls.listOpen(repository)) {
    if (pull.base.ref === from) {
      await context.pulls.update(repository, pull.number, { base: to }, writer);
    }
  }
  if (isDefault) {
    await context.repositories.update(
      repository,
      { default_branch: to },
      writer,
    );
  }
  await move(from, sha, NO_OBJECT);
  if (protection) {
    await context.state.remove('protection', keyOf(from), writer);
  }
  return sha;
}
