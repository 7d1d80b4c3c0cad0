import { GitHubApiError } from '../errors';
import { ForgeContext } from '../ForgeContext';
import {
  TreeChange,
  writeBlob,
  writeCommit,
  writeTree,
} from '../git/write/objects';
import { decodeBase64 } from '../rest/base64';
import { WriteContext } from '../state/ForgeState';
import { Json } from '../social/types';
import { commitNode, refNode } from './gitNodes';

/** GitHub's mutation that commits several files at once. */
export async function createCommitOnBranch(
  context: ForgeContext,
  input: Json,
  writer: WriteContext,
): Promise<Json> {
  const [owner, name] = String(
    input.branch.repositoryNameWithOwner ?? '',
  ).split('/');
  const branch = String(input.branch.branchName ?? '').replace(
    /^refs\/heads\//,
    '',
  );
  const repository = await context.repositories.get(owner, name);
  await context.access.require(writer.actor, repository, 'push');
  const gitDir = context.repositories.directory(repository);
  const ref = `refs/heads/${branch}`;
  return await context.refs.locked(repository, async () => {
    const reader = await context.repositories.reader(repository);
    const before = await reader.resolve(ref);
    if (!before) {
      throw new GitHubApiError(404, `No branch ${branch} in ${owner}/${name}`);
    }
    if (before !== input.expectedHeadOid) {
      throw new GitHubApiError(
        409,
        `Expected branch to point to "${input.expectedHeadOid}" (expectedHeadOid) but it did not. Pull and try again.`,
      );
    }
    const changes: TreeChange[] = [];
    for (const { path } of input.fileChanges?.deletions ?? []) {
      changes.push({ path, mode: '100644', sha: null });
    }
    for (const addition of input.fileChanges?.additions ?? []) {
      const present = await reader.entry(before, addition.path);
      changes.push({
        path: addition.path,
        mode: present?.mode === '100755' ? '100755' : '100644',
        sha: await writeBlob(gitDir, decodeBase64(addition.contents)),
      });
    }
    const { headline, body } = input.message;
    const after = await writeCommit(gitDir, {
      tree: await writeTree(gitDir, { base: before, changes }),
      parents: [before],
      message: body ? `${headline}\n\n${body}` : headline,
      author: await context.people.signature(writer.actor, new Date()),
    });
    await context.refs.moveLocked(repository, [{ ref, before, after }], writer);
    return {
      clientMutationId: input.clientMutationId,
      commit: commitNode(
        context,
        repository,
        reader,
        await reader.commit(after),
      ),
      ref: refNode(context, repository, { name: branch, sha: after }),
    };
  });
}
