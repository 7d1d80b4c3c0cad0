import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { bodyOf, paginate, writerOf } from '../rest/http';
import { parsePermission } from '../social/Access';
import { Json } from '../social/types';

/** What teams may do with repositories. */
export function teamRepositoryRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const one = '/orgs/:org/teams/:slug';

  router.get(`${one}/repos`, async (request, response) => {
    const { org, slug } = request.params;
    await context.access.team(org, slug);
    const found = await repositoriesOf(context, org, slug);
    response.json(paginate(context, request, response, found));
  });

  const repo = `${one}/repos/:owner/:repo`;
  router.get(repo, async (request, response) => {
    const { owner, repo: name, slug } = request.params;
    if (!context.state.get('teamRepositories', `${owner}/${name}#${slug}`)) {
      throw notFound();
    }
    response.status(204).end();
  });

  router.put(repo, async (request, response) => {
    const { org, slug, owner, repo: name } = request.params;
    const writer = writerOf(response);
    await context.access.team(org, slug);
    const repository = await context.repositories.get(owner, name);
    await context.access.require(writer.actor, repository, 'admin');
    const permission = parsePermission(bodyOf(request).permission ?? 'push');
    if (!permission || owner !== org) {
      throw new GitHubApiError(
        422,
        owner === org
          ? 'permission is not valid'
          : 'Repository must belong to this organization',
      );
    }
    await context.state.put(
      'teamRepositories',
      `${repository.full_name}#${slug}`,
      permission,
      writer,
    );
    response.status(204).end();
  });

  router.delete(repo, async (request, response) => {
    const { slug, owner, repo: name } = request.params;
    const writer = writerOf(response);
    const repository = await context.repositories.get(owner, name);
    await context.access.require(writer.actor, repository, 'admin');
    await context.state.remove(
      'teamRepositories',
      `${repository.full_name}#${slug}`,
      writer,
    );
    response.status(204).end();
  });
  return router;
}

/** Repositories that a team was given, each with the team's role. */
export async function repositoriesOf(
  context: ForgeContext,
  org: string,
  slug: string,
): Promise<Json[]> {
  const found: Json[] = [];
  for (const { key, value } of context.state.list<string>(
    'teamRepositories',
    `${org}/`,
  )) {
    const [fullName, team] = key.split('#');
    if (team === slug) {
      const name = fullName.slice(org.length + 1);
      const repository = await context.repositories.find(org, name);
      if (repository) {
        found.push({ ...repository, role_name: value });
      }
    }
  }
  return found;
}
