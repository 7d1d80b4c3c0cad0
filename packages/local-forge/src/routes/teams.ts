import { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { bodyOf, paginate, queryOf, writerOf } from '../rest/http';
import { MEMBERS_TEAM, Team, TeamRecord } from '../social/Access';
import { Json } from '../social/types';
import { teamPayload } from '../webhooks/ForgeEvents';
import { organizationOf, requireOwner } from './organizations';
import { repositoriesOf } from './teamRepositories';

/** Teams and their members. */
export function teamRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const base = '/orgs/:org/teams';
  const one = `${base}/:slug`;
  const render = async (org: string, team: Team): Promise<Json> => {
    const parent = team.parent
      ? await context.access.team(org, team.parent)
      : undefined;
    const rendered = parent && teamPayload(parent, undefined);
    return {
      ...teamPayload(team, undefined),
      notification_setting: 'notifications_enabled',
      parent: rendered ?? null,
    };
  };
  const tell = async (
    action: string,
    org: string,
    team: Team,
    response: Response,
    extra: Json = {},
  ) =>
    await context.events.inOrganization(
      'team',
      await organizationOf(context, org),
      { action, team: await render(org, team), ...extra },
      writerOf(response),
    );

  router.get(base, async (request, response) => {
    const { org } = request.params;
    await organizationOf(context, org);
    const teams = await context.access.teams(org);
    response.json(
      await Promise.all(
        paginate(context, request, response, teams).map(team =>
          render(org, team),
        ),
      ),
    );
  });

  router.post(base, async (request, response) => {
    const { org } = request.params;
    const writer = await requireOwner(context, response, org);
    const body = bodyOf(request);
    const parent = await parentOf(context, org, body.parent_team_id);
    if (String(body.name).toLowerCase() === MEMBERS_TEAM) {
      throw new GitHubApiError(
        422,
        `The local forge keeps the name "${MEMBERS_TEAM}" for itself`,
      );
    }
    const created = await context.state.write<Team>(
      { method: 'POST', path: `/orgs/${org}/teams`, body },
      writer,
    );
    const at = now();
    const record: TeamRecord = {
      parent: parent?.slug,
      created_at: at,
      updated_at: at,
    };
    await context.state.put('teams', `${org}#${created.slug}`, record, writer);
    const team = await context.access.team(org, created.slug);
    await tell('created', org, team, response);
    response.status(201).json(await render(org, team));
  });

  router.get(one, async (request, response) => {
    const { org, slug } = request.params;
    const team = await context.access.team(org, slug);
    const members = await context.access.teamMembers(org, slug);
    const organization = await organizationOf(context, org);
    const repositories = await repositoriesOf(context, org, slug);
    response.json({
      created_at: organization.created_at,
      updated_at: organization.created_at,
      ...(await render(org, team)),
      members_count: members.length,
      repos_count: repositories.length,
      organization,
    });
  });

  router.patch(one, async (request, response) => {
    const { org, slug } = request.params;
    const writer = await requireOwner(context, response, org);
    const before = await context.access.team(org, slug);
    const body = bodyOf(request);
    await context.state.write(
      { method: 'PATCH', path: `/orgs/${org}/teams/${slug}`, body },
      writer,
    );
    const parent = await parentOf(context, org, body.parent_team_id);
    await context.state.update<TeamRecord>(
      'teams',
      `${org}#${slug}`,
      record => ({
        ...record,
        ...(body.parent_team_id === undefined ? {} : { parent: parent?.slug }),
        updated_at: now(),
      }),
      writer,
    );
    const team = await context.access.team(org, slug);
    const changes: Json = {};
    for (const field of ['name', 'description', 'privacy']) {
      if (before[field] !== team[field]) {
        changes[field] = { from: before[field] };
      }
    }
    await tell('edited', org, team, response, { changes });
    response.json(await render(org, team));
  });

  router.delete(one, async (request, response) => {
    const { org, slug } = request.params;
    const writer = await requireOwner(context, response, org);
    const team = await context.access.team(org, slug);
    await context.state.write(
      { method: 'DELETE', path: `/orgs/${org}/teams/${slug}` },
      writer,
    );
    await context.state.remove('teams', `${org}#${slug}`, writer);
    await tell('deleted', org, team, response);
    response.status(204).end();
  });

  router.get(`${one}/members`, async (request, response) => {
    const { org, slug } = request.params;
    await context.access.team(org, slug);
    const role = queryOf(request, 'role') ?? 'all';
    const members = (await context.access.teamMembers(org, slug))
      .filter(member => role === 'all' || member.role === role)
      .map(member => member.user);
    response.json(paginate(context, request, response, members));
  });

  router.get(`${one}/teams`, async (request, response) => {
    const { org, slug } = request.params;
    const teams = await context.access.teams(org);
    const children = teams.filter(team => team.parent === slug);
    response.json(await Promise.all(children.map(team => render(org, team))));
  });

  router.get(`${one}/memberships/:login`, async (request, response) => {
    const { org, slug, login } = request.params;
    const membership = await context.state.find<Json>(
      `/orgs/${org}/teams/${slug}/memberships/${login}`,
    );
    if (!membership) {
      throw notFound();
    }
    response.json(membership);
  });

  for (const method of ['put', 'delete'] as const) {
    router[method](`${one}/memberships/:login`, async (request, response) => {
      const { org, slug, login } = request.params;
      const writer = await requireOwner(context, response, org);
      const team = await context.access.team(org, slug);
      const member = await context.people.get(login);
      const membership = await context.state.write<Json>(
        {
          method: method.toUpperCase(),
          path: `/orgs/${org}/teams/${slug}/memberships/${login}`,
          body: method === 'put' ? bodyOf(request) : undefined,
        },
        writer,
      );
      await context.events.inOrganization(
        'membership',
        await organizationOf(context, org),
        {
          action: method === 'put' ? 'added' : 'removed',
          scope: 'team',
          member,
          team: await render(org, team),
        },
        writer,
      );
      if (method === 'put') {
        response.json(membership);
      } else {
        response.status(204).end();
      }
    });
  }

  return router;
}

/** GitHub's form of an instant. */
function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}

async function parentOf(
  context: ForgeContext,
  org: string,
  id: unknown,
): Promise<Team | undefined> {
  if (id === undefined || id === null) {
    return undefined;
  }
  const teams = await context.access.teams(org);
  const parent = teams.find(team => team.id === Number(id));
  if (!parent) {
    throw new GitHubApiError(422, 'parent_team_id is not a team');
  }
  return parent;
}
