import { Response } from 'express';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { GitTreeEntry, isRefName } from '../git/read';
import { writeBlob, writeCommit, writeTree } from '../git/write/objects';
import { NO_OBJECT } from '../git/write/refs';
import { formatGitCommit } from '../rest/formatCommit';
import { formatContent } from '../rest/formatContent';
import { writerOf } from '../rest/http';
import { personOf } from '../rest/personOf';
import { Json, RestRepository } from '../social/types';

/** Writes or removes one file by a commit of its own on a branch. */
export async function commitFile(
  context: ForgeContext,
  response: Response,
  options: {
    repository: RestRepository;
    path: string;
    body: Json;
    /** Absent: the file is to be removed. */
    content?: Buffer;
  },
): Promise<{ created: boolean; answer: Json }> {
  const { repository, path, body, content } = options;
  const writer = writerOf(response);
  if (typeof body.message !== 'string' || !body.message) {
    throw new GitHubApiError(
      422,
      'Invalid request.\n\n"message" wasn\'t supplied.',
    );
  }
  if (path === '') {
    throw new GitHubApiError(422, 'path must name a file');
  }
  const branch = String(body.branch ?? repository.default_branch).replace(
    /^refs\/heads\//,
    '',
  );
  if (!isRefName(branch)) {
    throw new GitHubApiError(422, `branch ${branch} is not a valid name`);
  }
  const gitDir = context.repositories.directory(repository);
  return await context.refs.locked(repository, async () => {
    const reader = await context.repositories.reader(repository);
    const ref = `refs/heads/${branch}`;
    const parent = await reader.resolve(ref);
    const empty = (await reader.branches()).length === 0;
    if (!parent && !empty) {
      throw new GitHubApiError(404, `Branch ${branch} not found`);
    }
    const present = parent ? await reader.entry(parent, path) : undefined;
    checkPresent(present, body.sha, path, content === undefined);
    const blob =
      content === undefined ? null : await writeBlob(gitDir, content);
    const tree = await writeTree(gitDir, {
      base: parent,
      changes: [{ path, mode: modeOf(present), sha: blob }],
    });
    const author = await context.people.signature(writer.actor, new Date());
    const committer = personOf(body.committer, author);
    const commit = await writeCommit(gitDir, {
      tree,
      parents: parent ? [parent] : [],
      message: body.message,
      author: personOf(body.author, body.committer ? committer : author),
      committer,
    });
    await context.refs.moveLocked(
      repository,
      [{ ref, before: parent ?? NO_OBJECT, after: commit }],
      writer,
    );
    const entry = await reader.entry(commit, path);
    return {
      created: !present,
      answer: {
        content: entry ? formatContent(repository, entry, branch) : null,
        commit: formatGitCommit(repository, await reader.commit(commit)),
      },
    };
  });
}

function checkPresent(
  present: GitTreeEntry | undefined,
  sha: unknown,
  path: string,
  removing: boolean,
): void {
  if (!present) {
    if (removing) {
      throw notFound();
    }
    if (sha !== undefined && sha !== null && sha !== '') {
      throw new GitHubApiError(409, `${path} does not exist`);
    }
    return;
  }
  if (present.type === 'tree') {
    throw new GitHubApiError(422, `${path} is a folder`);
  }
  if (sha === undefined || sha === null || sha === '') {
    throw new GitHubApiError(
      422,
      'Invalid request.\n\n"sha" wasn\'t supplied.',
    );
  }
  if (sha !== present.sha) {
    throw new GitHubApiError(409, `${path} does not match ${sha}`);
  }
}

function modeOf(present: GitTreeEntry | undefined): '100644' | '100755' {
  return present?.mode === '100755' ? '100755' : '100644';
}
