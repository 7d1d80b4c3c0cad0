import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { encodePath, formatCommit, formatFile } from '../rest/formatCommit';
import { repositoryOf } from '../rest/http';
import { Json, RestRepository } from '../social/types';

/** Files that GitHub shows of one change. */
export const MAX_FILES = 300;
const MAX_COMPARED = 250;

/** Comparisons of two commits. */
export function compareRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();

  router.get(
    '/repos/:owner/:repo/compare/:range(*)',
    async (request, response) => {
      const repository = await repositoryOf(context, request, response);
      response.json(
        await compare(context, repository, decodeRange(request.params.range)),
      );
    },
  );

  return router;
}

async function compare(
  context: ForgeContext,
  repository: RestRepository,
  range: { base: string; head: string },
): Promise<Json> {
  const reader = await context.repositories.reader(repository);
  const base = await reader.resolve(range.base);
  const head = await reader.resolve(range.head);
  if (!base || !head) {
    throw notFound();
  }
  const [mergeBase, distance, commits, files] = await Promise.all([
    reader.mergeBase(base, head),
    reader.aheadBehind(base, head),
    reader.commitsBetween(base, head, { limit: MAX_COMPARED }),
    reader.diff(base, head, { mergeBase: true }),
  ]);
  if (!mergeBase) {
    throw new GitHubApiError(
      404,
      `No common ancestor between ${range.base} and ${range.head}.`,
    );
  }
  const format = async (sha: string) =>
    formatCommit(repository, await reader.commit(sha), context.people);
  let status = 'identical';
  if (distance.ahead > 0) {
    status = distance.behind > 0 ? 'diverged' : 'ahead';
  } else if (distance.behind > 0) {
    status = 'behind';
  }
  const name = `${encodePath(range.base)}...${encodePath(range.head)}`;
  const html = `${repository.html_url}/compare/${name}`;
  return {
    url: `${repository.url}/compare/${name}`,
    html_url: html,
    permalink_url: `${repository.html_url}/compare/${base}...${head}`,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    base_commit: await format(base),
    merge_base_commit: await format(mergeBase),
    status,
    ahead_by: distance.ahead,
    behind_by: distance.behind,
    total_commits: distance.ahead,
    commits: await Promise.all(
      [...commits]
        .reverse()
        .map(commit => formatCommit(repository, commit, context.people)),
    ),
    files: files
      .slice(0, MAX_FILES)
      .map(file => formatFile(repository, file, head)),
  };
}

/** Splits `base...head`; an owner before a colon must be the repository's. */
function decodeRange(range: string): { base: string; head: string } {
  const [base, head, ...rest] = range.split('...');
  if (!base || !head || rest.length > 0) {
    throw notFound();
  }
  const withoutOwner = (name: string) => name.slice(name.lastIndexOf(':') + 1);
  return { base: withoutOwner(base), head: withoutOwner(head) };
}
