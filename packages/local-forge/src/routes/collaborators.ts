import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError } from '../errors';
import { ForgeContext } from '../ForgeContext';
import {
  bodyOf,
  paginate,
  queryOf,
  repositoryOf,
  writerOf,
} from '../rest/http';
import { parsePermission } from '../social/Access';
import { Json } from '../social/types';

/** Who may do what in a repository: users and teams. */
export function collaboratorRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo';

  router.get(`${base}/collaborators`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const found: Json[] = [];
    for (const login of context.people.logins) {
      const permission = await context.access.permissionOf(login, repository);
      const direct = context.state.get(
        'collaborators',
        `${repository.full_name}#${login}`,
      );
      const wanted = queryOf(request, 'affiliation') ?? 'all';
      if (wanted === 'direct' ? direct : permission && permission !== 'pull') {
        const viewed = context.repositories.forViewer(repository, permission);
        found.push({
          ...(await context.people.brief(login)),
          permissions: viewed.permissions,
          role_name: roleName(permission),
        });
      }
    }
    response.json(paginate(context, request, response, found));
  });

  router.get(
    `${base}/collaborators/:login/permission`,
    async (request, response) => {
      const repository = await repositoryOf(context, request, response);
      const { login } = request.params;
      const permission = await context.access.permissionOf(login, repository);
      const role = roleName(permission);
      response.json({
        permission:
          { maintain: 'write', triage: 'read' }[role as string] ?? role,
        role_name: role,
        user: {
          ...(await context.people.brief(login)),
          permissions: context.repositories.forViewer(repository, permission)
            .permissions,
          role_name: role,
        },
      });
    },
  );

  router.put(`${base}/collaborators/:login`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const user = await context.people.get(request.params.login);
    const permission = parsePermission(bodyOf(request).permission ?? 'push');
    if (!permission) {
      throw new GitHubApiError(422, 'permission is not valid');
    }
    await context.state.put(
      'collaborators',
      `${repository.full_name}#${user.login}`,
      permission,
      writerOf(response),
    );
    // Everybody of the forge is a member, and GitHub invites no member.
    response.status(204).end();
  });

  router.delete(`${base}/collaborators/:login`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    await context.state.remove(
      'collaborators',
      `${repository.full_name}#${request.params.login}`,
      writerOf(response),
    );
    response.status(204).end();
  });

  router.get(`${base}/teams`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const found: Json[] = [];
    for (const { key, value } of context.state.list<string>(
      'teamRepositories',
      `${repository.full_name}#`,
    )) {
      const slug = key.slice(repository.full_name.length + 1);
      const { parent: _parent, ...team } = await context.access.team(
        repository.owner.login,
        slug,
      );
      found.push({ ...team, permission: value });
    }
    response.json(paginate(context, request, response, found));
  });
  return router;
}

function roleName(permission: string | undefined): string {
  const names: Record<string, string> = { pull: 'read', push: 'write' };
  return permission ? names[permission] ?? permission : 'none';
}
