import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { formatCommit, formatFile } from '../rest/formatCommit';
import {
  bodyOf,
  numberOf,
  pageOf,
  paginate,
  repositoryOf,
  setLink,
  wantsMediaType,
  writerOf,
} from '../rest/http';
import { MergeMethod } from '../services/ForgeService';
import { runGit } from '../git/runGit';
import { Json, RestPull } from '../social/types';

const METHODS: readonly MergeMethod[] = ['merge', 'squash', 'rebase'];

/** Pull requests: the emulator's records with Git's facts over them. */
export function pullRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo/pulls';
  const one = `${base}/:number(\\d+)`;

  router.get(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const query = new URL(request.originalUrl, context.baseUrl).searchParams;
    const { page, perPage } = pageOf(request);
    const all = await context.state.readAll<RestPull>(
      `/repos/${repository.full_name}/pulls?${withoutPaging(query)}`,
    );
    setLink(context, request, response, {
      page,
      last: Math.max(1, Math.ceil(all.length / perPage)),
    });
    const shown = all.slice((page - 1) * perPage, page * perPage);
    response.json(await context.pulls.overlayList(repository, shown));
  });

  router.post(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'pull');
    const pull = await context.pulls.create(
      repository,
      bodyOf(request),
      writerOf(response),
    );
    response.status(201).json(pull);
  });

  router.get(one, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const { pull } = await context.pulls.get(
      repository,
      numberOf(request.params.number),
    );
    const patch = wantsMediaType(request, 'patch');
    if (patch || wantsMediaType(request, 'diff')) {
      const gitDir = context.repositories.directory(repository);
      const { stdout } = await runGit(
        patch
          ? ['format-patch', '--stdout', `${pull.base.sha}..${pull.head.sha}`]
          : ['diff', `${pull.base.sha}...${pull.head.sha}`],
        { gitDir },
      );
      response.type('text/plain; charset=utf-8').send(stdout);
      return;
    }
    response.json(pull);
  });

  router.patch(one, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const writer = writerOf(response);
    const number = numberOf(request.params.number);
    const { pull } = await context.pulls.get(repository, number);
    if (pull.user?.login !== writer.actor) {
      await context.access.require(writer.actor, repository, 'push');
    }
    response.json(
      await context.pulls.update(repository, number, bodyOf(request), writer),
    );
  });

  router.get(`${one}/commits`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const { pull } = await context.pulls.get(
      repository,
      numberOf(request.params.number),
    );
    const reader = await context.repositories.reader(repository);
    const commits = (
      await reader.commitsBetween(pull.base.sha, pull.head.sha)
    ).reverse();
    response.json(
      await Promise.all(
        paginate(context, request, response, commits).map(commit =>
          formatCommit(repository, commit, context.people),
        ),
      ),
    );
  });

  router.get(`${one}/files`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const { pull, facts } = await context.pulls.get(
      repository,
      numberOf(request.params.number),
    );
    response.json(
      paginate(context, request, response, facts?.files ?? []).map(file =>
        formatFile(repository, file, pull.head.sha),
      ),
    );
  });

  router.get(`${one}/merge`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const { pull } = await context.pulls.get(
      repository,
      numberOf(request.params.number),
    );
    if (!pull.merged) {
      throw notFound();
    }
    response.status(204).end();
  });

  router.put(`${one}/merge`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const body = bodyOf(request);
    const method = METHODS.find(
      candidate => candidate === (body.merge_method ?? 'merge'),
    );
    if (!method) {
      throw new GitHubApiError(422, 'merge_method is not valid');
    }
    const { sha } = await context.merges.merge(
      repository,
      numberOf(request.params.number),
      {
        method,
        commitTitle: body.commit_title,
        commitMessage: body.commit_message,
        sha: body.sha,
      },
      writerOf(response),
    );
    response.json({
      sha,
      merged: true,
      message: 'Pull Request successfully merged',
    });
  });

  router.put(`${one}/update-branch`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const { pull } = await context.pulls.get(
      repository,
      numberOf(request.params.number),
    );
    await context.merges.updateBranch(
      repository,
      pull,
      bodyOf(request).expected_head_sha,
      writerOf(response),
    );
    response.status(202).json({
      message: 'Updating pull request branch.',
      url: pull.url,
    });
  });

  reviewRoutes(context, router, one);
  return router;
}

function reviewRoutes(
  context: ForgeContext,
  router: Router,
  one: string,
): void {
  router.post(
    `${one}/reviews`,
    async (request: Request, response: Response) => {
      const repository = await repositoryOf(context, request, response);
      const writer = writerOf(response);
      const number = numberOf(request.params.number);
      const review = await context.reviews.submit(
        repository,
        number,
        bodyOf(request),
        writer,
      );
      response.json(review);
    },
  );

  for (const method of ['post', 'delete'] as const) {
    router[method](
      `${one}/requested_reviewers`,
      async (request: Request, response: Response) => {
        const repository = await repositoryOf(
          context,
          request,
          response,
          'push',
        );
        const writer = writerOf(response);
        const number = numberOf(request.params.number);
        await context.state.write(
          {
            method: method.toUpperCase(),
            path: `/repos/${repository.full_name}/pulls/${number}/requested_reviewers`,
            body: bodyOf(request),
          },
          writer,
        );
        if (method === 'post') {
          await context.pulls.announce(
            'review_requested',
            repository,
            number,
            writer,
          );
        }
        const { pull } = await context.pulls.get(repository, number);
        response.status(method === 'post' ? 201 : 200).json(pull);
      },
    );
  }

  router.get(
    `${one}/requested_reviewers`,
    async (request: Request, response: Response) => {
      const repository = await repositoryOf(context, request, response);
      const { pull } = await context.pulls.get(
        repository,
        numberOf(request.params.number),
      );
      response.json({
        users: pull.requested_reviewers,
        teams: pull.requested_teams,
      } satisfies Json);
    },
  );
}

function withoutPaging(query: URLSearchParams): string {
  query.delete('per_page');
  query.delete('page');
  return query.toString();
}
