import { ForgeContext } from '../ForgeContext';
import { EmulatorSeed } from '../emulator/Emulator';
import { gitText } from '../git/runGit';
import { formatEnvironment } from '../routes/environments';
import { parseProtection } from '../social/protection';
import { Json } from '../social/types';
import { SeedOrganization, SeedRepositorySettings } from '../seed/types';
import { daysAgo } from './daysAgo';
import { seedConversations } from './seedConversations';

/** Teams and people are older than every repository of theirs. */
const ORGANIZATION_AGE_DAYS = 900;
/** What the emulator must know before its first request. */
export function toEmulatorSeed(
  organization: SeedOrganization,
  bot: string,
): EmulatorSeed {
  const { org, users } = organization;
  const people = users.filter(user => user.login !== bot);
  return {
    users: [
      {
        login: bot,
        name: 'Waymark portal',
        email: `${bot}@users.noreply.localhost`,
      },
      ...people.map(({ login, name, email, bio }) => ({
        login,
        name,
        email,
        bio,
      })),
    ],
    orgs: [
      {
        login: org.login,
        name: org.name,
        description: org.description,
        members: [
          { login: bot, role: 'admin' },
          ...people.map(({ login }) => ({ login, role: 'member' as const })),
        ],
      },
    ],
  };
}

/**
 * Makes the organisation's teams, repositories' settings, issues and pull
 * requests as ordinary writes with the instants they would have had.
 */
export async function seedForge(
  context: ForgeContext,
  organization: SeedOrganization,
  now: Date,
): Promise<void> {
  const org = organization.org.login;
  await seedTeams(context, organization, daysAgo(now, ORGANIZATION_AGE_DAYS));
  for (const settings of organization.repositories) {
    await seedRepository(context, org, settings, now);
  }
}

async function seedTeams(
  context: ForgeContext,
  organization: SeedOrganization,
  at: Date,
): Promise<void> {
  const org = organization.org.login;
  const writer = { actor: context.bot, at };
  for (const team of organization.teams) {
    const created = await context.state.write<Json>(
      {
        method: 'POST',
        path: `/orgs/${org}/teams`,
        // The emulator makes the slug from the name, so the name comes after.
        body: { name: team.slug, description: team.description },
      },
      writer,
    );
    if (created.slug !== team.slug) {
      throw new Error(`The team slug ${team.slug} is taken or not valid`);
    }
    await context.state.write(
      {
        method: 'PATCH',
        path: `/orgs/${org}/teams/${team.slug}`,
        body: { name: team.name },
      },
      writer,
    );
    if (team.parent) {
      await context.state.put(
        'teams',
        `${org}#${team.slug}`,
        { parent: team.parent },
        writer,
      );
    }
    for (const { login, role } of team.members) {
      await context.state.write(
        {
          method: 'PUT',
          path: `/orgs/${org}/teams/${team.slug}/memberships/${login}`,
          body: { role },
        },
        writer,
      );
    }
  }
}

async function seedRepository(
  context: ForgeContext,
  org: string,
  settings: SeedRepositorySettings,
  now: Date,
): Promise<void> {
  const { name, defaultBranch } = settings;
  const adopt = context.bare.exists(org, name);
  const directory = context.bare.directory(org, name);
  if (adopt) {
    await context.bare.configure(directory);
  }
  const created = adopt
    ? (await firstCommitDate(directory, defaultBranch)) ?? now
    : now;
  const writer = { actor: context.bot, at: created };
  let repository = await context.repositories.create(
    {
      owner: org,
      ownerType: 'Organization',
      adopt,
      body: {
        name,
        description: settings.description,
        homepage: settings.homepage,
        private: settings.private === true,
        default_branch: defaultBranch,
      },
    },
    writer,
  );
  repository = await context.repositories.update(
    repository,
    { topics: settings.topics },
    writer,
  );
  for (const { slug, permission } of settings.teams) {
    await context.state.put(
      'teamRepositories',
      `${repository.full_name}#${slug}`,
      permission,
      writer,
    );
  }
  for (const environment of settings.environments ?? []) {
    await context.state.put(
      'environments',
      `${repository.full_name}#${environment}`,
      formatEnvironment(repository, {
        id: await context.state.nextId(writer),
        name: environment,
        body: {},
        at: created,
      }),
      writer,
    );
  }
  await seedConversations(context, repository, settings, now);
  if (settings.protection) {
    const { protection } = settings;
    await context.state.put(
      'protection',
      `${repository.full_name}#${protection.branch}`,
      parseProtection({
        required_status_checks: null,
        enforce_admins: protection.enforceAdmins === true,
        required_pull_request_reviews: {
          required_approving_review_count: protection.requiredApprovals,
          require_code_owner_reviews:
            protection.requireCodeOwnerReviews === true,
        },
        restrictions: null,
      }),
      writer,
    );
  }
  if (settings.archived) {
    await context.repositories.update(
      repository,
      { archived: true },
      { actor: context.bot, at: now },
    );
  }
}

async function firstCommitDate(
  gitDir: string,
  branch: string,
): Promise<Date | undefined> {
  const dates = await gitText(
    ['log', '--format=%ct', '--max-parents=0', `refs/heads/${branch}`],
    // An empty repository has no such branch.
    { gitDir, acceptedCodes: [128] },
  );
  const seconds = Math.min(...dates.split('\n').map(Number));
  return dates ? new Date(seconds * 1000) : undefined;
}
