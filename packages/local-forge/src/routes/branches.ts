import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { mergeTrees } from '../git/mergeTrees';
import { writeCommit } from '../git/write/objects';
import { formatCommit, nodeId } from '../rest/formatCommit';
import {
  bodyOf,
  paginate,
  queryOf,
  repositoryOf,
  writerOf,
} from '../rest/http';
import { BranchProtection } from '../social/protection';
import { renameBranch } from '../social/renameBranch';
import { Json, RestRepository } from '../social/types';

/** Branches, tags, archives, merges of branches. */
export function branchRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo';

  router.get(`${base}/branches`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const wanted = queryOf(request, 'protected');
    const branches = (await reader.branches())
      .map(branch => formatBranch(context, repository, branch))
      .filter(
        branch => wanted === undefined || String(branch.protected) === wanted,
      );
    response.json(paginate(context, request, response, branches));
  });

  router.post(
    `${base}/branches/:branch(*)/rename`,
    async (request, response) => {
      const repository = await repositoryOf(context, request, response);
      const to = bodyOf(request).new_name;
      const sha = await renameBranch(
        context,
        repository,
        { from: request.params.branch, to },
        writerOf(response),
      );
      response
        .status(201)
        .json(formatBranch(context, repository, { name: to, sha }));
    },
  );

  router.get(`${base}/branches/:branch(*)`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const name = request.params.branch;
    const sha = await reader.resolve(`refs/heads/${name}`);
    if (!sha) {
      throw new GitHubApiError(404, 'Branch not found');
    }
    const branch = formatBranch(context, repository, { name, sha });
    const self = `${repository.url}/branches/${encodeURIComponent(name)}`;
    response.json({
      ...branch,
      commit: await formatCommit(
        repository,
        await reader.commit(sha),
        context.people,
      ),
      _links: { self, html: `${repository.html_url}/tree/${name}` },
    });
  });

  router.get(`${base}/tags`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const tags = (await reader.tags()).map(({ name, sha }) => ({
      name,
      zipball_url: `${repository.url}/zipball/refs/tags/${name}`,
      tarball_url: `${repository.url}/tarball/refs/tags/${name}`,
      commit: { sha, url: `${repository.url}/commits/${sha}` },
      node_id: nodeId('Ref', `refs/tags/${name}`),
    }));
    response.json(paginate(context, request, response, tags));
  });

  router.post(`${base}/merges`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const merged = await mergeBranches(
      context,
      repository,
      bodyOf(request),
      writerOf(response),
    );
    if (!merged) {
      response.status(204).end();
      return;
    }
    const reader = await context.repositories.reader(repository);
    response
      .status(201)
      .json(
        await formatCommit(
          repository,
          await reader.commit(merged),
          context.people,
        ),
      );
  });

  for (const [route, format, type] of [
    ['tarball', 'tar.gz', 'application/x-gzip'],
    ['zipball', 'zip', 'application/zip'],
  ] as const) {
    router.get(
      [`${base}/${route}`, `${base}/${route}/:ref(*)`],
      async (request, response) => {
        const repository = await repositoryOf(context, request, response);
        const reader = await context.repositories.reader(repository);
        const ref = request.params.ref || repository.default_branch;
        const sha = await reader.resolve(ref);
        if (!sha) {
          throw notFound();
        }
        // The name of the top folder is what clients strip: GitHub's is
        // owner-name-shortsha.
        const folder = `${repository.owner.login}-${
          repository.name
        }-${sha.slice(0, 7)}`;
        const archive = await reader.archive(sha, format, folder);
        response.setHeader('ETag', `W/"${sha}-${format}"`);
        response.type(type);
        response.setHeader(
          'Content-Disposition',
          `attachment; filename=${folder}.${format}`,
        );
        archive.on('error', error => response.destroy(error));
        archive.pipe(response);
      },
    );
  }

  return router;
}

function formatBranch(
  context: ForgeContext,
  repository: RestRepository,
  branch: { name: string; sha: string },
): Json {
  const url = `${repository.url}/branches/${encodeURIComponent(branch.name)}`;
  const protection = context.refs.protectionOf(repository, branch.name);
  return {
    name: branch.name,
    commit: {
      sha: branch.sha,
      url: `${repository.url}/commits/${branch.sha}`,
    },
    protected: protection !== undefined,
    protection: {
      enabled: protection !== undefined,
      required_status_checks: {
        enforcement_level: enforcementLevel(protection),
        contexts: protection?.required_status_checks?.contexts ?? [],
        checks: (protection?.required_status_checks?.contexts ?? []).map(
          name => ({ context: name, app_id: null }),
        ),
      },
    },
    protection_url: `${url}/protection`,
  };
}

function enforcementLevel(protection: BranchProtection | undefined): string {
  if (!protection?.required_status_checks) {
    return 'off';
  }
  return protection.enforce_admins ? 'everyone' : 'non_admins';
}

async function mergeBranches(
  context: ForgeContext,
  repository: RestRepository,
  body: Json,
  writer: { actor: string },
): Promise<string | undefined> {
  const gitDir = context.repositories.directory(repository);
  return await context.refs.locked(repository, async () => {
    const reader = await context.repositories.reader(repository);
    const base = await reader.resolve(`refs/heads/${body.base}`);
    const head = await reader.resolve(String(body.head));
    if (!base || !head) {
      throw new GitHubApiError(
        404,
        base ? 'Head does not exist' : 'Base does not exist',
      );
    }
    if ((await reader.aheadBehind(base, head)).ahead === 0) {
      return undefined;
    }
    const merged = await mergeTrees(gitDir, base, head);
    if (!merged.clean) {
      throw new GitHubApiError(409, 'Merge conflict');
    }
    const after = await writeCommit(gitDir, {
      tree: merged.tree,
      parents: [base, head],
      message: body.commit_message ?? `Merge ${body.head} into ${body.base}`,
      author: await context.people.signature(writer.actor, new Date()),
    });
    await context.refs.moveLocked(
      repository,
      [{ ref: `refs/heads/${body.base}`, before: base, after }],
      writer,
    );
    return after;
  });
}
