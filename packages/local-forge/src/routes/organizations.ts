import { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { completeUsers } from '../emulator/completeUsers';
import { bodyOf, paginate, queryOf, writerOf } from '../rest/http';
import { Json } from '../social/types';

/** Users, organisations and who is in them; teams are in `teams.ts`. */
export function organizationRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();

  router.get('/user', async (_request, response) => {
    response.json(await context.people.get(writerOf(response).actor));
  });

  router.get('/user/orgs', async (request, response) => {
    const { actor } = writerOf(response);
    response.json(
      paginate(
        context,
        request,
        response,
        await context.state.readAll<Json>(`/users/${actor}/orgs`),
      ),
    );
  });

  router.get('/user/memberships/orgs/:org', async (request, response) => {
    const { org } = request.params;
    response.json(await membershipOf(context, org, writerOf(response).actor));
  });

  router.get('/users/:login', async (request, response) => {
    const { login } = request.params;
    const user = await context.people.find(login);
    if (user) {
      response.json(user);
      return;
    }
    // GitHub answers for an organisation here, too.
    response.json(asUser(context, await organizationOf(context, login)));
  });

  router.get('/users/:login/orgs', async (request, response) => {
    await context.people.get(request.params.login);
    response.json(
      await context.state.readAll<Json>(`/users/${request.params.login}/orgs`),
    );
  });

  router.get('/orgs/:org', async (request, response) => {
    response.json(await organizationOf(context, request.params.org));
  });

  router.get('/orgs/:org/members', async (request, response) => {
    const { org } = request.params;
    await organizationOf(context, org);
    const role = queryOf(request, 'role') ?? 'all';
    if (role !== 'all' && role !== 'admin' && role !== 'member') {
      throw new GitHubApiError(422, 'role must be all, admin or member');
    }
    const members = await context.access.members(org, role);
    response.json(paginate(context, request, response, members));
  });

  router.get('/orgs/:org/members/:login', async (request, response) => {
    const { org, login } = request.params;
    if (!(await context.access.orgRole(org, login))) {
      throw notFound();
    }
    response.status(204).end();
  });

  router.get('/orgs/:org/memberships/:login', async (request, response) => {
    const { org, login } = request.params;
    response.json(await membershipOf(context, org, login));
  });

  router.put('/orgs/:org/memberships/:login', async (request, response) => {
    const { org, login } = request.params;
    const writer = await requireOwner(context, response, org);
    const user = await context.people.get(login);
    const known = await context.access.orgRole(org, login);
    await context.state.write(
      {
        method: 'PUT',
        path: `/orgs/${org}/memberships/${login}`,
        body: { role: bodyOf(request).role ?? 'member' },
      },
      writer,
    );
    const membership = await membershipOf(context, org, login);
    if (!known) {
      await context.events.inOrganization(
        'organization',
        await organizationOf(context, org),
        { action: 'member_added', membership: { ...membership, user } },
        writer,
      );
    }
    response.json(membership);
  });

  for (const path of [
    '/orgs/:org/members/:login',
    '/orgs/:org/memberships/:login',
  ]) {
    router.delete(path, async (request, response) => {
      const { org, login } = request.params;
      const writer = await requireOwner(context, response, org);
      const user = await context.people.get(login);
      await context.state.write(
        { method: 'DELETE', path: `/orgs/${org}/members/${login}` },
        writer,
      );
      await context.events.inOrganization(
        'organization',
        await organizationOf(context, org),
        {
          action: 'member_removed',
          membership: { role: 'member', state: 'active', user },
        },
        writer,
      );
      response.status(204).end();
    });
  }

  return router;
}

/** @throws GitHubApiError 404 */
export async function organizationOf(
  context: ForgeContext,
  login: string,
): Promise<Json> {
  const organization = await context.state.find<Json>(
    `/orgs/${encodeURIComponent(login)}`,
  );
  if (!organization) {
    throw notFound();
  }
  const repositories = await context.repositories.list(login);
  return {
    ...organization,
    archived_at: null,
    public_repos: repositories.filter(({ private: hidden }) => !hidden).length,
    total_private_repos: repositories.filter(({ private: hidden }) => hidden)
      .length,
  };
}

/** An organisation in the form of a user. */
function asUser(context: ForgeContext, organization: Json): Json {
  const { login } = organization;
  return completeUsers({
    login,
    id: organization.id,
    node_id: organization.node_id,
    avatar_url: organization.avatar_url,
    url: `${context.baseUrl}/users/${login}`,
    html_url: organization.html_url,
    type: 'Organization',
    site_admin: false,
    name: organization.name ?? null,
    company: organization.company ?? null,
    blog: organization.blog ?? '',
    location: organization.location ?? null,
    email: organization.email ?? null,
    hireable: null,
    bio: organization.description ?? null,
    twitter_username: organization.twitter_username ?? null,
    public_repos: organization.public_repos,
    public_gists: 0,
    followers: organization.followers ?? 0,
    following: 0,
    created_at: organization.created_at,
    updated_at: organization.updated_at,
  }) as Json;
}

async function membershipOf(
  context: ForgeContext,
  org: string,
  login: string,
): Promise<Json> {
  const role = await context.access.orgRole(org, login);
  if (!role) {
    throw notFound();
  }
  const organization = await organizationOf(context, org);
  return {
    url: `${organization.url}/memberships/${login}`,
    state: 'active',
    role,
    organization_url: organization.url,
    user: await context.people.brief(login),
    organization,
  };
}

/** The caller, if an owner of the organisation. @throws GitHubApiError 403 */
export async function requireOwner(
  context: ForgeContext,
  response: Response,
  org: string,
): Promise<{ actor: string }> {
  const writer = writerOf(response);
  await organizationOf(context, org);
  const role = await context.access.orgRole(org, writer.actor);
  if (role !== 'admin') {
    throw new GitHubApiError(
      403,
      'Must be an owner of the organization to do this',
    );
  }
  return writer;
}
