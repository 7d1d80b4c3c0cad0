import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { GitReader } from '../git/read';
import { formatCommit, formatFile } from '../rest/formatCommit';
import {
  bodyOf,
  pageOf,
  paginate,
  queryOf,
  repositoryOf,
  setLink,
  writerOf,
} from '../rest/http';
import { Json, RestPull } from '../social/types';
import { MAX_FILES } from './compare';

/** Commits and what is said about a commit. */
export function commitRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo';

  router.get(`${base}/commits`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const ref = queryOf(request, 'sha') ?? repository.default_branch;
    if ((await reader.branches()).length === 0) {
      throw new GitHubApiError(409, 'Git Repository is empty.');
    }
    if (!(await reader.resolve(ref))) {
      throw notFound();
    }
    const { page, perPage } = pageOf(request);
    const author = queryOf(request, 'author');
    const commits = await reader.log({
      ref,
      path: queryOf(request, 'path'),
      since: dateOf(queryOf(request, 'since'), 'since'),
      until: dateOf(queryOf(request, 'until'), 'until'),
      author: author && `<${await authorEmail(context, author)}>`,
      skip: (page - 1) * perPage,
      limit: perPage + 1,
    });
    setLink(context, request, response, {
      page,
      more: commits.length > perPage,
    });
    response.json(
      await Promise.all(
        commits
          .slice(0, perPage)
          .map(commit => formatCommit(repository, commit, context.people)),
      ),
    );
  });

  router.get(`${base}/commits/:ref(*)/status`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const sha = await commitOf(reader, request.params.ref);
    const statuses = context.statuses.latest(repository, sha);
    response.json({
      state: context.statuses.combined(statuses),
      statuses: paginate(context, request, response, statuses),
      sha,
      total_count: statuses.length,
      repository,
      commit_url: `${repository.url}/commits/${sha}`,
      url: `${repository.url}/commits/${sha}/status`,
    });
  });

  router.get(`${base}/commits/:ref(*)/statuses`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const sha = await commitOf(reader, request.params.ref);
    const statuses = context.statuses.list(repository, sha);
    response.json(paginate(context, request, response, statuses));
  });

  router.post(`${base}/statuses/:sha`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const reader = await context.repositories.reader(repository);
    const sha = await reader.resolve(request.params.sha);
    if (!sha) {
      throw new GitHubApiError(
        422,
        `No commit found for SHA: ${request.params.sha}`,
      );
    }
    const writer = writerOf(response);
    const status = await context.statuses.create(
      repository,
      sha,
      bodyOf(request),
      writer,
    );
    await context.events.inRepository(
      'status',
      repository,
      { ...status, sha, name: repository.full_name },
      writer,
    );
    response.status(201).json(status);
  });

  router.get(
    `${base}/commits/:ref(*)/check-(runs|suites)`,
    async (request, response) => {
      const repository = await repositoryOf(context, request, response);
      const reader = await context.repositories.reader(repository);
      const sha = await commitOf(reader, request.params.ref);
      const kind = request.path.endsWith('suites')
        ? 'check-suites'
        : 'check-runs';
      const query = new URL(request.originalUrl, context.baseUrl).search;
      // The emulator knows no commit of ours but those that somebody reported a
      // check run for: for the others, nothing was executed.
      const found = await context.state.find<Json>(
        `/repos/${repository.full_name}/commits/${sha}/${kind}${query}`,
      );
      response.json(found ?? { total_count: 0, [kind.replace('-', '_')]: [] });
    },
  );

  router.get(`${base}/commits/:ref(*)/pulls`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const sha = await commitOf(reader, request.params.ref);
    const all = await context.state.readAll<RestPull>(
      `/repos/${repository.full_name}/pulls?state=all`,
    );
    const pulls = await context.pulls.overlayList(repository, all);
    const found: RestPull[] = [];
    for (const pull of pulls) {
      const commits =
        pull.head.sha && pull.base.sha
          ? await reader.commitsBetween(pull.base.sha, pull.head.sha)
          : [];
      if (
        pull.merge_commit_sha === sha ||
        commits.some(commit => commit.sha === sha)
      ) {
        found.push(pull);
      }
    }
    response.json(paginate(context, request, response, found));
  });

  router.get(
    `${base}/commits/:ref(*)/branches-where-head`,
    async (request, response) => {
      const repository = await repositoryOf(context, request, response);
      const reader = await context.repositories.reader(repository);
      const sha = await commitOf(reader, request.params.ref);
      const branches = await reader.branches();
      response.json(
        branches
          .filter(branch => branch.sha === sha)
          .map(branch => ({
            name: branch.name,
            commit: { sha, url: `${repository.url}/commits/${sha}` },
            protected: Boolean(
              context.refs.protectionOf(repository, branch.name),
            ),
          })),
      );
    },
  );

  router.get(`${base}/commits/:ref(*)`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const sha = await reader.resolve(request.params.ref);
    if (!sha) {
      throw new GitHubApiError(
        422,
        `No commit found for SHA: ${request.params.ref}`,
      );
    }
    const commit = await reader.commit(sha);
    const files = await reader.diff(commit.parents[0], sha);
    const { page } = pageOf(request);
    const shown = files.slice((page - 1) * MAX_FILES, page * MAX_FILES);
    setLink(context, request, response, {
      page,
      more: files.length > page * MAX_FILES,
    });
    const additions = files.reduce((sum, file) => sum + file.additions, 0);
    const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
    response.json({
      ...(await formatCommit(repository, commit, context.people)),
      stats: { additions, deletions, total: additions + deletions },
      files: shown.map(file => formatFile(repository, file, sha)),
    });
  });

  return router;
}

/** The commit a reference names. @throws GitHubApiError 422 like GitHub. */
async function commitOf(reader: GitReader, ref: string): Promise<string> {
  const sha = await reader.resolve(ref);
  if (!sha) {
    throw new GitHubApiError(422, `No commit found for SHA: ${ref}`);
  }
  return sha;
}

async function authorEmail(
  context: ForgeContext,
  author: string,
): Promise<string> {
  return author.includes('@') ? author : await context.people.emailOf(author);
}

function dateOf(value: string | undefined, field: string): Date | undefined {
  if (value === undefined) {
    return undefined;
  }
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) {
    throw new GitHubApiError(422, `${field} is not an ISO 8601 instant`);
  }
  return date;
}
