import { Router } from 'express';
import { ForgeTeam } from '../../services/ForgeService';
import { isNotFound } from '../errorPage';
import { count } from '../format';
import { Html, html } from '../html';
import { PageContext } from '../PageContext';
import { urls } from '../urls';
import { layout } from '../views/layout';
import { avatar, person } from '../views/people';
import { noSuchOwner, repositoryList } from './home';

async function teamsOf(
  context: PageContext,
  login: string,
): Promise<{ org: string; team: ForgeTeam; role: string }[]> {
  const result: { org: string; team: ForgeTeam; role: string }[] = [];
  for (const owner of await context.service.listOwners()) {
    const teams = await context.service
      .listTeams(owner.login)
      .catch(() => [] as ForgeTeam[]);
    for (const team of teams) {
      const members = await context.service.listTeamMembers(
        owner.login,
        team.slug,
      );
      const member = members.find(item => item.login === login);
      if (member) {
        result.push({ org: owner.login, team, role: member.role });
      }
    }
  }
  return result;
}

function teamTree(org: string, teams: ForgeTeam[], parent?: string): Html {
  const children = teams.filter(team => team.parent === parent);
  return html`${children.length > 0 &&
  html`<ul>
    ${children.map(
      team =>
        html`<li>
          <a href="${urls.team(org, team.slug)}">${team.name}</a
          >${team.description &&
          html`<div class="muted small">${team.description}</div>`}
          ${teamTree(org, teams, team.slug)}
        </li>`,
    )}
  </ul>`}`;
}

async function userPage(
  context: PageContext,
  login: string,
): Promise<Html | undefined> {
  const user = await context.service.getUser(login).catch(error => {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  });
  if (!user) {
    return undefined;
  }
  const [teams, all] = await Promise.all([
    teamsOf(context, user.login),
    context.service.listRepositories(),
  ]);
  const own = all.filter(repository => repository.owner === user.login);
  return layout({
    title: user.name ?? user.login,
    crumbs: [{ label: 'Repositories', href: '/' }, { label: user.login }],
    body: html`<h1 class="person">
        ${avatar(user.login, user.name, 56)}
        <span
          >${user.name ?? user.login}
          <span class="muted">${user.login}</span></span
        >
      </h1>
      ${user.bio && html`<p>${user.bio}</p>`}
      ${user.email &&
      html`<p><a href="mailto:${user.email}">${user.email}</a></p>`}
      <h2>Teams</h2>
      ${teams.length > 0
        ? html`<ul class="rows box">
            ${teams.map(
              ({ org, team, role }) =>
                html`<li>
                  <div class="main">
                    <a href="${urls.team(org, team.slug)}"
                      >${org}/${team.slug}</a
                    >
                    ${team.description && html`<p>${team.description}</p>`}
                  </div>
                  <span class="muted">${role}</span>
                </li>`,
            )}
          </ul>`
        : html`<p>Not a member of any team.</p>`}
      ${own.length > 0 && [html`<h2>Repositories</h2>`, repositoryList(own)]}`,
  });
}

async function organisationPage(
  context: PageContext,
  login: string,
): Promise<Html> {
  const owners = await context.service.listOwners();
  const owner = owners.find(
    item => item.login.toLowerCase() === login.toLowerCase(),
  );
  if (!owner) {
    return noSuchOwner(login);
  }
  const [repositories, teams, users] = await Promise.all([
    context.service.listRepositories(owner.login),
    context.service.listTeams(owner.login),
    context.service.listUsers(),
  ]);
  return layout({
    title: owner.name ?? owner.login,
    crumbs: [{ label: 'Repositories', href: '/' }, { label: owner.login }],
    body: html`<h1 class="person">
        ${avatar(owner.login, owner.name, 40)}
        <span
          >${owner.name ?? owner.login}
          <span class="muted">${owner.login}</span></span
        >
      </h1>
      <div class="columns">
        <div>
          <h2>${count(repositories.length, 'repository', 'repositories')}</h2>
          ${repositoryList(repositories)}
        </div>
        <aside aria-label="People and teams">
          <h2 id="teams">Teams</h2>
          ${teamTree(owner.login, teams)}
          <h2 id="people">People</h2>
          <ul class="plain-list">
            ${users.map(
              user => html`<li>${person(user.login, user.name)}</li>`,
            )}
          </ul>
        </aside>
      </div>`,
  });
}

async function teamPage(
  context: PageContext,
  org: string,
  slug: string,
): Promise<Html | undefined> {
  const teams = await context.service.listTeams(org);
  const team = teams.find(item => item.slug === slug);
  if (!team) {
    return undefined;
  }
  const members = await context.service.listTeamMembers(org, slug);
  const parent = teams.find(item => item.slug === team.parent);
  return layout({
    title: `${team.name} team`,
    crumbs: [
      { label: org, href: urls.owner(org) },
      { label: 'Teams', href: `${urls.owner(org)}#teams` },
      { label: team.slug },
    ],
    body: html`<h1>${team.name}</h1>
      ${team.description && html`<p>${team.description}</p>`}
      ${parent &&
      html`<p>
        Part of <a href="${urls.team(org, parent.slug)}">${parent.name}</a>
      </p>`}
      <h2>${count(members.length, 'member')}</h2>
      ${members.length > 0 &&
      html`<ul class="rows box">
        ${members.map(
          member =>
            html`<li>
              <div class="main">${person(member.login, member.name)}</div>
              <span class="muted">${member.role}</span>
            </li>`,
        )}
      </ul>`}
      ${teams.some(item => item.parent === slug) && [
        html`<h2>Teams below</h2>`,
        teamTree(org, teams, slug),
      ]}`,
  });
}

/** `/:owner`, `/orgs/:org`, `/orgs/:org/teams`, `/orgs/:org/teams/:slug`. */
export function addOwnerRoutes(router: Router, context: PageContext) {
  router.get('/orgs/:org/teams/:slug', async (request, response) => {
    const { org, slug } = request.params;
    const page =
      (await teamPage(context, org, slug)) ??
      noSuchOwner(`${org}/teams/${slug}`);
    context.send(response, page);
  });
  router.get(['/orgs/:org', '/orgs/:org/teams'], (request, response) => {
    response.redirect(`${urls.owner(request.params.org)}#teams`);
  });
  router.get('/:owner', async (request, response) => {
    const login = request.params.owner;
    const page =
      (await userPage(context, login)) ??
      (await organisationPage(context, login));
    context.send(response, page);
  });
}
