import { GitHubApiError, notFound } from '../errors';
import { ForgeState } from '../state/ForgeState';
import { Json, Permission, PERMISSIONS, RestRepository } from './types';

/** The slug of the team by which the emulator keeps an organisation's members. */
export const MEMBERS_TEAM = 'members';

/** A team with what the emulator does not keep of it. */
export interface Team extends Json {
  id: number;
  slug: string;
  name: string;
  description: string | null;
  privacy: string;
  parent?: string;
}

/** What the forge keeps of a team besides the emulator's record. */
export interface TeamRecord {
  /** Slug. */
  parent?: string;
  /** Of a seeded team absent: it is as old as its organisation. */
  created_at?: string;
  updated_at?: string;
}

const SYNONYMS: Record<string, Permission> = { read: 'pull', write: 'push' };

/** GitHub's permission for a word of its API (`read` and `pull` are the same). */
export function parsePermission(value: unknown): Permission | undefined {
  const word = String(value);
  const permission = SYNONYMS[word] ?? word;
  return PERMISSIONS.find(candidate => candidate === permission);
}

export function isAtLeast(
  permission: Permission | undefined,
  needed: Permission,
): boolean {
  return (
    permission !== undefined &&
    PERMISSIONS.indexOf(permission) >= PERMISSIONS.indexOf(needed)
  );
}

/** Teams, members, and from them who may do what. */
export class Access {
  readonly #state: ForgeState;
  readonly #bot: string;

  constructor(options: { state: ForgeState; bot: string }) {
    this.#state = options.state;
    this.#bot = options.bot;
  }

  /** Teams of an organisation, by id. */
  async teams(org: string): Promise<Team[]> {
    const teams = await this.#state.readAll<Team>(`/orgs/${org}/teams`);
    return teams
      .filter(team => team.slug !== MEMBERS_TEAM)
      .map(team => this.#complete(org, team));
  }

  async team(org: string, slug: string): Promise<Team> {
    const team =
      slug === MEMBERS_TEAM
        ? undefined
        : await this.#state.find<Team>(
            `/orgs/${org}/teams/${encodeURIComponent(slug)}`,
          );
    if (!team) {
      throw notFound();
    }
    return this.#complete(org, team);
  }

  /** Direct members of a team. */
  async teamMembers(
    org: string,
    slug: string,
  ): Promise<{ user: Json; role: 'member' | 'maintainer' }[]> {
    const path = `/orgs/${org}/teams/${encodeURIComponent(slug)}/members`;
    const [members, maintainers] = await Promise.all([
      this.#state.readAll<Json>(path),
      this.#state.readAll<Json>(`${path}?role=maintainer`),
    ]);
    const leads = new Set(maintainers.map(user => user.login));
    return members.map(user => ({
      user,
      role: leads.has(user.login) ? 'maintainer' : 'member',
    }));
  }

  /**
   * Members of an organisation; the portal's bot is not a person and not
   * listed.
   *
   * @remarks
   * Asked of the emulator's team of members: its list of members takes every
   * maintainer of a team for an owner of the organisation.
   */
  async members(
    org: string,
    role: 'all' | 'admin' | 'member' = 'all',
  ): Promise<Json[]> {
    const members = await this.teamMembers(org, MEMBERS_TEAM);
    return members
      .filter(({ user }) => user.login !== this.#bot)
      .filter(member => role === 'all' || orgRoleOf(member.role) === role)
      .map(({ user }) => user);
  }

  /** Slugs of the teams a user is in, with the parents of these teams. */
  async teamsOf(org: string, login: string): Promise<Set<string>> {
    const teams = await this.teams(org);
    const parents = new Map(teams.map(team => [team.slug, team.parent]));
    const found = new Set<string>();
    for (const team of teams) {
      const members = await this.teamMembers(org, team.slug);
      if (members.some(member => member.user.login === login)) {
        let slug: string | undefined = team.slug;
        while (slug && !found.has(slug)) {
          found.add(slug);
          slug = parents.get(slug);
        }
      }
    }
    return found;
  }

  /** `admin` for an owner of the organisation, `member`, or undefined. */
  async orgRole(
    org: string,
    login: string,
  ): Promise<'admin' | 'member' | undefined> {
    const membership = await this.#state.find<{
      role: 'member' | 'maintainer';
    }>(
      `/orgs/${org}/teams/${MEMBERS_TEAM}/memberships/${encodeURIComponent(
        login,
      )}`,
    );
    return membership && orgRoleOf(membership.role);
  }

  /** The most that a user (undefined: anybody) may do with a repository. */
  async permissionOf(
    login: string | undefined,
    repository: RestRepository,
  ): Promise<Permission | undefined> {
    const anybody: Permission | undefined = repository.private
      ? undefined
      : 'pull';
    if (!login) {
      return anybody;
    }
    const owner = repository.owner.login;
    if (login === this.#bot || login === owner) {
      return 'admin';
    }
    const granted: (Permission | undefined)[] = [
      anybody,
      this.#state.get<Permission>(
        'collaborators',
        `${repository.full_name}#${login}`,
      ),
    ];
    if (repository.owner.type === 'Organization') {
      const role = await this.orgRole(owner, login);
      if (role === 'admin') {
        return 'admin';
      }
      if (role) {
        granted.push('pull');
        const mine = await this.teamsOf(owner, login);
        for (const { key, value } of this.#state.list<Permission>(
          'teamRepositories',
          `${repository.full_name}#`,
        )) {
          if (mine.has(key.slice(repository.full_name.length + 1))) {
            granted.push(value);
          }
        }
      }
    }
    return PERMISSIONS.filter(permission => granted.includes(permission)).pop();
  }

  /**
   * @throws GitHubApiError 404 when the user may not even see the repository,
   * 403 when it may see it but not do this.
   */
  async require(
    login: string | undefined,
    repository: RestRepository,
    needed: Permission,
  ): Promise<void> {
    const permission = await this.permissionOf(login, repository);
    if (!permission) {
      throw notFound();
    }
    if (!isAtLeast(permission, needed)) {
      throw new GitHubApiError(
        403,
        needed === 'admin'
          ? 'Must have admin rights to Repository.'
          : 'Resource not accessible: write access to the repository is needed',
      );
    }
  }

  #complete(org: string, team: Team): Team {
    return {
      ...team,
      type: 'organization',
      ...this.#state.get<TeamRecord>('teams', `${org}#${team.slug}`),
    };
  }
}

function orgRoleOf(role: 'member' | 'maintainer'): 'admin' | 'member' {
  return role === 'maintainer' ? 'admin' : 'member';
}
