import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { isRefName, isSha } from '../git/read';
import { isAncestor } from '../git/write/merge';
import { objectType } from '../git/write/objects';
import { NO_OBJECT, readRefs } from '../git/write/refs';
import { nodeId } from '../rest/formatCommit';
import { bodyOf, paginate, repositoryOf, writerOf } from '../rest/http';
import { Json, RestRepository } from '../social/types';

/** The refs of the Git database: branches and tags by their full names. */
export function gitRefRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const git = '/repos/:owner/:repo/git';

  // GitHub keeps the plural for old clients: there it matches by prefix.
  router.get(`${git}/ref/:ref(*)`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const found = await findRefs(context, repository, request.params.ref);
    const exact = found.find(ref => ref.ref === `refs/${request.params.ref}`);
    if (!exact) {
      throw notFound();
    }
    response.json(exact);
  });

  router.get(
    [`${git}/matching-refs/:ref(*)`, `${git}/refs`, `${git}/refs/:ref(*)`],
    async (request, response) => {
      const repository = await repositoryOf(context, request, response);
      const prefix = request.params.ref ?? '';
      const found = await findRefs(context, repository, prefix);
      const exact = found.find(ref => ref.ref === `refs/${prefix}`);
      if (exact && !request.path.includes('/matching-refs/')) {
        response.json(exact);
        return;
      }
      response.json(paginate(context, request, response, found));
    },
  );

  router.post(`${git}/refs`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const gitDir = context.repositories.directory(repository);
    const body = bodyOf(request);
    const ref = checkRef(body.ref);
    await checkTarget(gitDir, ref, body.sha);
    const refs = await readRefs(gitDir);
    if (refs.has(ref)) {
      throw new GitHubApiError(422, 'Reference already exists');
    }
    await context.refs.move(
      repository,
      [{ ref, before: NO_OBJECT, after: body.sha }],
      writerOf(response),
    );
    response.status(201).json(await refOf(context, repository, ref));
  });

  router.patch(`${git}/refs/:ref(*)`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const gitDir = context.repositories.directory(repository);
    const body = bodyOf(request);
    const ref = checkRef(`refs/${request.params.ref}`);
    const before = (await readRefs(gitDir)).get(ref);
    if (!before) {
      throw new GitHubApiError(422, 'Reference does not exist');
    }
    await checkTarget(gitDir, ref, body.sha);
    if (body.force !== true && !(await isAncestor(gitDir, before, body.sha))) {
      throw new GitHubApiError(422, 'Update is not a fast forward');
    }
    if (before !== body.sha) {
      await context.refs.move(
        repository,
        [{ ref, before, after: body.sha }],
        writerOf(response),
      );
    }
    response.json(await refOf(context, repository, ref));
  });

  router.delete(`${git}/refs/:ref(*)`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const gitDir = context.repositories.directory(repository);
    const ref = checkRef(`refs/${request.params.ref}`);
    const before = (await readRefs(gitDir)).get(ref);
    if (!before) {
      throw new GitHubApiError(422, 'Reference does not exist');
    }
    if (ref === `refs/heads/${repository.default_branch}`) {
      throw new GitHubApiError(422, 'Cannot delete the default branch');
    }
    await context.refs.move(
      repository,
      [{ ref, before, after: NO_OBJECT }],
      writerOf(response),
    );
    response.status(204).end();
  });

  return router;
}

function checkRef(value: unknown): string {
  if (
    typeof value !== 'string' ||
    !/^refs\/(heads|tags)\//.test(value) ||
    !isRefName(value)
  ) {
    throw new GitHubApiError(
      422,
      `Reference name is not valid: ${value} (refs/heads/… or refs/tags/…)`,
    );
  }
  return value;
}

async function checkTarget(
  gitDir: string,
  ref: string,
  sha: unknown,
): Promise<void> {
  const type =
    typeof sha === 'string' && isSha(sha)
      ? await objectType(gitDir, sha)
      : undefined;
  if (!type || (ref.startsWith('refs/heads/') && type !== 'commit')) {
    throw new GitHubApiError(422, 'Object does not exist');
  }
}

async function findRefs(
  context: ForgeContext,
  repository: RestRepository,
  prefix: string,
): Promise<Json[]> {
  const gitDir = context.repositories.directory(repository);
  const refs = await readRefs(gitDir);
  if (refs.size === 0) {
    throw new GitHubApiError(409, 'Git Repository is empty.');
  }
  const found: Json[] = [];
  for (const [ref, sha] of refs) {
    if (ref.startsWith(`refs/${prefix}`)) {
      found.push(await formatRef(gitDir, repository, ref, sha));
    }
  }
  return found;
}

async function refOf(
  context: ForgeContext,
  repository: RestRepository,
  ref: string,
): Promise<Json> {
  const gitDir = context.repositories.directory(repository);
  const sha = (await readRefs(gitDir)).get(ref);
  if (!sha) {
    throw notFound();
  }
  return await formatRef(gitDir, repository, ref, sha);
}

async function formatRef(
  gitDir: string,
  repository: RestRepository,
  ref: string,
  sha: string,
): Promise<Json> {
  const type = ref.startsWith('refs/heads/')
    ? 'commit'
    : (await objectType(gitDir, sha)) ?? 'commit';
  return {
    ref,
    node_id: nodeId('Ref', ref),
    url: `${repository.url}/git/${ref}`,
    object: { sha, type, url: `${repository.url}/git/${type}s/${sha}` },
  };
}
