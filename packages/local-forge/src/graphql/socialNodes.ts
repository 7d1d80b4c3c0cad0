import { ForgeContext } from '../ForgeContext';
import { Team } from '../social/Access';
import { languagesAt } from '../social/languages';
import { Json, RestRepository } from '../social/types';
import { ConnectionArguments, connectionOf } from './connection';
import { objectAt, pullNodes, refNode } from './gitNodes';
import {
  organizationFields,
  PERMISSIONS,
  repositoryFields,
  userFields,
} from './socialFields';

/** Whose eyes a query uses. */
export interface Viewer {
  login?: string;
}

type Args = ConnectionArguments & Json;

export async function repositoryNode(
  context: ForgeContext,
  repository: RestRepository,
  viewer: Viewer,
): Promise<Json> {
  const reader = await context.repositories.reader(repository);
  const heads = async () => await reader.branches();
  const branch = async (name: string) => {
    const found = (await heads()).find(ref => ref.name === name);
    return found ? refNode(context, repository, found) : null;
  };
  return {
    ...repositoryFields(repository),
    isEmpty: async () => (await heads()).length === 0,
    owner: () => ownerNode(context, repository.owner.login, viewer),
    defaultBranchRef: async () => {
      const sha = await context.repositories.head(repository);
      return sha
        ? refNode(context, repository, {
            name: repository.default_branch,
            sha,
          })
        : null;
    },
    object: (args: { expression?: string; oid?: string }) =>
      objectAt(context, repository, args.expression ?? args.oid ?? ''),
    ref: async (args: { qualifiedName: string }) =>
      await branch(args.qualifiedName.replace(/^(refs\/)?heads\//, '')),
    refs: async (args: Args) => {
      const tags = String(args.refPrefix).startsWith('refs/tags');
      const prefix = tags ? 'refs/tags/' : 'refs/heads/';
      const found = tags ? await reader.tags() : await heads();
      return connectionOf(
        found.map(ref => refNode(context, repository, { ...ref, prefix })),
        args,
      );
    },
    repositoryTopics: (args: Args) =>
      connectionOf(
        repository.topics.map(name => ({
          __typename: 'RepositoryTopic',
          id: `${repository.node_id}:${name}`,
          topic: { id: name, name },
          url: `${context.baseUrl}/topics/${name}`,
        })),
        args,
      ),
    primaryLanguage: repository.language
      ? { id: repository.language, name: repository.language }
      : null,
    languages: async (args: Args) => {
      const head = await reader.resolve(repository.default_branch);
      const languages = head ? await languagesAt(reader, head) : {};
      return connectionOf(
        Object.keys(languages).map(name => ({ id: name, name })),
        args,
      );
    },
    pullRequest: async (args: { number: number }) =>
      (await pullNodes(context, repository, { number: args.number }))[0] ??
      null,
    pullRequests: async (args: Args) =>
      connectionOf(
        await pullNodes(context, repository, {
          states: args.states,
          head: args.headRefName ?? undefined,
        }),
        args,
      ),
    viewerPermission: async () => {
      const permission = await context.access.permissionOf(
        viewer.login,
        repository,
      );
      return permission ? PERMISSIONS[permission] : null;
    },
  };
}

/** Repositories of an owner that the viewer may see, by id. */
async function repositoryConnection(
  context: ForgeContext,
  owner: string,
  viewer: Viewer,
  args: Args,
): Promise<Json> {
  const all = await context.repositories.list(owner);
  const visible: RestRepository[] = [];
  for (const repository of all.sort((a, b) => a.id - b.id)) {
    const mayRead = await context.access.permissionOf(viewer.login, repository);
    const wanted =
      args.isArchived === undefined || args.isArchived === null
        ? true
        : args.isArchived === repository.archived;
    if (mayRead && wanted) {
      visible.push(repository);
    }
  }
  const page = connectionOf(visible, args);
  const nodes = await Promise.all(
    page.nodes.map(repository => repositoryNode(context, repository, viewer)),
  );
  return {
    ...page,
    nodes,
    edges: page.edges.map((edge, index) => ({ ...edge, node: nodes[index] })),
    totalDiskUsage: 0,
  };
}

async function repositoryOfOwner(
  context: ForgeContext,
  owner: string,
  name: string,
  viewer: Viewer,
): Promise<Json | null> {
  const repository = await context.repositories.find(owner, name);
  const mayRead =
    repository && (await context.access.permissionOf(viewer.login, repository));
  return repository && mayRead
    ? await repositoryNode(context, repository, viewer)
    : null;
}

export async function ownerNode(
  context: ForgeContext,
  login: string,
  viewer: Viewer,
): Promise<Json | null> {
  return (
    (await organizationNode(context, login, viewer)) ??
    (await userNode(context, login, viewer))
  );
}

export async function userNode(
  context: ForgeContext,
  login: string,
  viewer: Viewer,
): Promise<Json | null> {
  const user = await context.people.find(login);
  if (!user) {
    return null;
  }
  return {
    ...userFields(user),
    isSiteAdmin: false,
    isViewer: viewer.login === login,
    suspendedAt: null,
    organizationVerifiedDomainEmails: () => (user.email ? [user.email] : []),
    organizations: async (args: Args) => {
      const organizations = await context.state.readAll<Json>(
        `/users/${login}/orgs`,
      );
      const nodes = await Promise.all(
        organizations.map(({ login: name }) =>
          organizationNode(context, name, viewer),
        ),
      );
      return connectionOf(nodes, args);
    },
    repositories: (args: Args) =>
      repositoryConnection(context, login, viewer, args),
    repository: (args: { name: string }) =>
      repositoryOfOwner(context, login, args.name, viewer),
  };
}

export async function organizationNode(
  context: ForgeContext,
  login: string,
  viewer: Viewer,
): Promise<Json | null> {
  const organization = await context.state.find<Json>(
    `/orgs/${encodeURIComponent(login)}`,
  );
  if (!organization) {
    return null;
  }
  return {
    ...organizationFields(organization),
    membersWithRole: async (args: Args) => {
      const members = await context.access.members(login);
      const nodes = await Promise.all(
        members.map(member => userNode(context, member.login, viewer)),
      );
      return connectionOf(nodes, args);
    },
    teams: async (args: Args) => {
      const teams = await context.access.teams(login);
      const logins: string[] | undefined = args.userLogins?.filter(Boolean);
      const nodes: Json[] = [];
      for (const team of teams) {
        const wanted =
          !logins?.length ||
          (await hasMember(context, login, team.slug, logins));
        if (wanted && (!args.rootTeamsOnly || !team.parent)) {
          nodes.push(teamNode(context, login, team, viewer));
        }
      }
      return connectionOf(nodes, args);
    },
    team: async (args: { slug: string }) => {
      const teams = await context.access.teams(login);
      const team = teams.find(({ slug }) => slug === args.slug);
      return team ? teamNode(context, login, team, viewer) : null;
    },
    repositories: (args: Args) =>
      repositoryConnection(context, login, viewer, args),
    repository: (args: { name: string }) =>
      repositoryOfOwner(context, login, args.name, viewer),
  };
}

function teamNode(
  context: ForgeContext,
  org: string,
  team: Team,
  viewer: Viewer,
): Json {
  const url = `${context.baseUrl}/orgs/${org}/teams/${team.slug}`;
  return {
    __typename: 'Team',
    id: team.node_id,
    databaseId: team.id,
    slug: team.slug,
    combinedSlug: `${org}/${team.slug}`,
    name: team.name,
    description: team.description,
    privacy: team.privacy === 'secret' ? 'SECRET' : 'VISIBLE',
    avatarUrl: null,
    url,
    editTeamUrl: `${url}/edit`,
    organization: () => organizationNode(context, org, viewer),
    parentTeam: async () =>
      team.parent
        ? teamNode(
            context,
            org,
            await context.access.team(org, team.parent),
            viewer,
          )
        : null,
    childTeams: async (args: Args) => {
      const teams = await context.access.teams(org);
      return connectionOf(
        teams
          .filter(({ parent }) => parent === team.slug)
          .map(child => teamNode(context, org, child, viewer)),
        args,
      );
    },
    members: async (args: Args) => {
      const members = await context.access.teamMembers(org, team.slug);
      const page = connectionOf(members, args);
      const nodes = await Promise.all(
        page.nodes.map(({ user }) => userNode(context, user.login, viewer)),
      );
      return {
        ...page,
        nodes,
        edges: page.edges.map((edge, index) => ({
          cursor: edge.cursor,
          node: nodes[index],
          role: edge.node.role.toUpperCase(),
        })),
      };
    },
  };
}

async function hasMember(
  context: ForgeContext,
  org: string,
  slug: string,
  logins: readonly string[],
): Promise<boolean> {
  const members = await context.access.teamMembers(org, slug);
  return members.some(({ user }) => logins.includes(user.login));
}
