import { SeedRepositorySettings } from '../types';

/** The repository that may define groups, templates and scorecards: every change needs the platform team's review. */
export const portal: SeedRepositorySettings = {
  name: 'portal',
  description: 'Catalog, scorecards and templates of the developer portal',
  topics: ['portal', 'catalog', 'paved-road'],
  defaultBranch: 'main',
  teams: [
    { slug: 'platform', permission: 'admin' },
    { slug: 'developer-experience', permission: 'push' },
    { slug: 'security', permission: 'push' },
    { slug: 'audit', permission: 'pull' },
  ],
  protection: {
    branch: 'main',
    requiredApprovals: 1,
    enforceAdmins: true,
  },
  environments: ['production'],
};
