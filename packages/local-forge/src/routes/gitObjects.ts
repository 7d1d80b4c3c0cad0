import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { isRefName, isSha, parseSha } from '../git/read';
import { gitText } from '../git/runGit';
import {
  objectType,
  TreeChange,
  writeBlob,
  writeCommit,
  writeTag,
  writeTree,
} from '../git/write/objects';
import { decodeBase64, wrapBase64 } from '../rest/base64';
import { formatGitCommit, nodeId } from '../rest/formatCommit';
import { formatTag, formatTree } from '../rest/formatGitObject';
import {
  bodyOf,
  queryOf,
  repositoryOf,
  wantsMediaType,
  writerOf,
} from '../rest/http';
import { personOf } from '../rest/personOf';
import { Json } from '../social/types';

const MODES = ['100644', '100755', '040000', '160000', '120000'] as const;

/** The objects of the Git database: blobs, trees, commits, tags. */
export function gitObjectRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const git = '/repos/:owner/:repo/git';

  router.get(`${git}/blobs/:sha`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const sha = parseSha(request.params.sha);
    const content = await reader.blob(sha);
    if (wantsMediaType(request, 'raw')) {
      response.type('application/vnd.github.raw; charset=utf-8').send(content);
      return;
    }
    response.json({
      sha,
      node_id: nodeId('Blob', sha),
      size: content.length,
      url: `${repository.url}/git/blobs/${sha}`,
      content: wrapBase64(content.toString('base64')),
      encoding: 'base64',
    });
  });

  router.post(`${git}/blobs`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const body = bodyOf(request);
    if (typeof body.content !== 'string') {
      throw new GitHubApiError(
        422,
        'Invalid request.\n\n"content" wasn\'t supplied.',
      );
    }
    const content =
      body.encoding === 'base64'
        ? decodeBase64(body.content)
        : Buffer.from(body.content, 'utf8');
    const sha = await writeBlob(
      context.repositories.directory(repository),
      content,
    );
    response
      .status(201)
      .json({ url: `${repository.url}/git/blobs/${sha}`, sha });
  });

  router.get(`${git}/trees/:sha(*)`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const gitDir = context.repositories.directory(repository);
    const name = request.params.sha;
    const commit = isSha(name) ? name : await reader.resolve(name);
    if (!commit || !(await objectType(gitDir, commit))) {
      throw notFound();
    }
    const sha = await gitText(['rev-parse', '--verify', `${commit}^{tree}`], {
      gitDir,
      acceptedCodes: [128],
    });
    if (!isSha(sha)) {
      throw notFound();
    }
    const entries = await reader.tree(sha, '', {
      recursive: queryOf(request, 'recursive') !== undefined,
    });
    response.json(formatTree(repository, sha, entries));
  });

  router.post(`${git}/trees`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const gitDir = context.repositories.directory(repository);
    const body = bodyOf(request);
    if (!Array.isArray(body.tree) || body.tree.length === 0) {
      throw new GitHubApiError(422, 'Invalid tree info');
    }
    if (
      body.base_tree !== undefined &&
      (!isSha(String(body.base_tree)) ||
        !(await objectType(gitDir, body.base_tree)))
    ) {
      throw new GitHubApiError(
        422,
        'base_tree is not a tree of this repository',
      );
    }
    const changes: TreeChange[] = [];
    for (const item of body.tree as Json[]) {
      changes.push(await parseTreeItem(gitDir, item));
    }
    const sha = await writeTree(gitDir, { base: body.base_tree, changes });
    const reader = await context.repositories.reader(repository);
    response
      .status(201)
      .json(formatTree(repository, sha, await reader.tree(sha)));
  });

  router.get(`${git}/commits/:sha`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const commit = await reader.commit(parseSha(request.params.sha));
    response.json(formatGitCommit(repository, commit));
  });

  router.post(`${git}/commits`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const writer = writerOf(response);
    const gitDir = context.repositories.directory(repository);
    const body = bodyOf(request);
    if (typeof body.message !== 'string') {
      throw new GitHubApiError(
        422,
        'Invalid request.\n\n"message" wasn\'t supplied.',
      );
    }
    await requireObject(gitDir, body.tree, 'tree', 'Tree SHA does not exist');
    const parents = Array.isArray(body.parents) ? body.parents : [];
    for (const parent of parents) {
      await requireObject(
        gitDir,
        parent,
        'commit',
        'Parent SHA does not exist or is not a commit object',
      );
    }
    const own = await context.people.signature(writer.actor, new Date());
    const author = personOf(body.author, own);
    const sha = await writeCommit(gitDir, {
      tree: body.tree,
      parents,
      message: body.message,
      author,
      committer: personOf(body.committer, author),
    });
    const reader = await context.repositories.reader(repository);
    response
      .status(201)
      .json(formatGitCommit(repository, await reader.commit(sha)));
  });

  router.get(`${git}/tags/:sha`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const gitDir = context.repositories.directory(repository);
    const sha = parseSha(request.params.sha);
    if ((await objectType(gitDir, sha)) !== 'tag') {
      throw notFound();
    }
    const text = await gitText(['cat-file', 'tag', sha], { gitDir });
    response.json(formatTag(repository, sha, text));
  });

  router.post(`${git}/tags`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const writer = writerOf(response);
    const gitDir = context.repositories.directory(repository);
    const body = bodyOf(request);
    if (typeof body.tag !== 'string' || !isRefName(body.tag)) {
      throw new GitHubApiError(422, 'tag is not a valid name');
    }
    const type = isSha(String(body.object))
      ? await objectType(gitDir, body.object)
      : undefined;
    if (!type || type !== (body.type ?? 'commit')) {
      throw new GitHubApiError(
        422,
        'object does not exist or is of another type',
      );
    }
    const own = await context.people.signature(writer.actor, new Date());
    const sha = await writeTag(gitDir, {
      object: body.object,
      type,
      name: body.tag,
      message: String(body.message ?? ''),
      tagger: personOf(body.tagger, own),
    });
    const text = await gitText(['cat-file', 'tag', sha], { gitDir });
    response.status(201).json(formatTag(repository, sha, text));
  });

  return router;
}

async function parseTreeItem(gitDir: string, item: Json): Promise<TreeChange> {
  if (!item || typeof item.path !== 'string') {
    throw new GitHubApiError(422, 'tree.path is missing');
  }
  const mode = MODES.find(candidate => candidate === (item.mode ?? '100644'));
  if (!mode) {
    throw new GitHubApiError(422, `tree.mode ${item.mode} is not valid`);
  }
  if (item.sha === null) {
    return { path: item.path, mode, sha: null };
  }
  if (typeof item.content === 'string') {
    const sha = await writeBlob(gitDir, Buffer.from(item.content, 'utf8'));
    return { path: item.path, mode, sha };
  }
  const wanted = mode === '040000' ? 'tree' : 'blob';
  if (mode !== '160000') {
    await requireObject(
      gitDir,
      item.sha,
      wanted,
      `tree.sha ${item.sha} is not a valid ${wanted}`,
    );
  }
  return { path: item.path, mode, sha: item.sha };
}

async function requireObject(
  gitDir: string,
  sha: unknown,
  type: string,
  message: string,
): Promise<void> {
  if (
    typeof sha !== 'string' ||
    !isSha(sha) ||
    (await objectType(gitDir, sha)) !== type
  ) {
    throw new GitHubApiError(422, message);
  }
}
