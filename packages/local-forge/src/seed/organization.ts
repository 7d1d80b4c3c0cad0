import { portal } from './organization/portal';
import { teams } from './organization/teams';
import { users } from './organization/users';
import { listSeedNames, readDefinition } from './seedFolder';
import { SeedOrganization, SeedRepositorySettings } from './types';

function readSettings(name: string): SeedRepositorySettings {
  const definition = readDefinition(name);
  return {
    name,
    description: definition.description,
    topics: definition.topics,
    defaultBranch: 'main',
    private: definition.private,
    archived: definition.archived,
    teams: Object.entries(definition.teams).map(([slug, permission]) => ({
      slug,
      permission,
    })),
    protection: definition.protection && {
      branch: 'main',
      ...definition.protection,
    },
    environments: definition.environments,
    pullRequests: definition.pullRequests?.map(pull => ({
      ...pull,
      base: 'main',
    })),
    issues: definition.issues,
  };
}

/**
 * The organisation: users, teams (nested), membership, repositories with settings, issues and pull requests. Plain data.
 *
 * The repositories are those of `seedRepositories` and `portal`, whose content is this checkout's.
 */
export function seedOrganization(): SeedOrganization {
  return {
    org: {
      login: 'acme',
      name: 'Acme Payments',
      description:
        'Payments for merchants in Europe: checkout, cards, payouts.',
    },
    users,
    teams,
    repositories: [...listSeedNames().map(readSettings), portal],
  };
}
