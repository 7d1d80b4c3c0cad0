/** A person or bot of the demo organisation. */
export interface SeedUser {
  login: string;
  name: string;
  /** Always `<login>@acme.example`: the same address signs commits. */
  email: string;
  bio?: string;
  /** Up to two letters that the forge draws as the avatar. */
  avatarSvgInitials?: string;
}

/** One person in a team. */
export interface SeedTeamMember {
  login: string;
  role: 'member' | 'maintainer';
}

/** A team; `parent` is the slug of the team above it. */
export interface SeedTeam {
  slug: string;
  name: string;
  description: string;
  parent?: string;
  members: SeedTeamMember[];
}

/** What a team may do in a repository, in GitHub's words. */
export type SeedPermission = 'pull' | 'triage' | 'push' | 'maintain' | 'admin';

/** Branch protection of one branch. */
export interface SeedProtection {
  branch: string;
  requiredApprovals: number;
  requireCodeOwnerReviews?: boolean;
  enforceAdmins?: boolean;
}

/** A review of a pull request. */
export interface SeedReview {
  login: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';
  body: string;
}

/** An open pull request; `head` is a branch that the seed writes into the repository. */
export interface SeedPullRequest {
  title: string;
  body: string;
  head: string;
  base: string;
  author: string;
  openedDaysAgo: number;
  reviews?: SeedReview[];
}

/** An issue; closed when `closedDaysAgo` is given. */
export interface SeedIssue {
  title: string;
  body: string;
  author: string;
  labels: string[];
  openedDaysAgo: number;
  closedDaysAgo?: number;
}

/** The settings of a repository and what people say in it; its Git data is written by `seedRepositories`. */
export interface SeedRepositorySettings {
  name: string;
  description: string;
  topics: string[];
  defaultBranch: string;
  private?: boolean;
  archived?: boolean;
  homepage?: string;
  teams: { slug: string; permission: SeedPermission }[];
  protection?: SeedProtection;
  environments?: string[];
  pullRequests?: SeedPullRequest[];
  issues?: SeedIssue[];
}

/** The demo organisation as the forge stores it. */
export interface SeedOrganization {
  org: { login: string; name: string; description: string };
  users: SeedUser[];
  teams: SeedTeam[];
  repositories: SeedRepositorySettings[];
}

/** What `seedRepositories` wrote. */
export interface SeedResult {
  repositories: {
    name: string;
    defaultBranch: string;
    /** Commits reachable from the default branch, merge commits included. */
    commits: number;
    /** Branch name to the commit it points at. */
    branches: Record<string, string>;
    /** True when the repository was already there and was left as it was. */
    skipped: boolean;
  }[];
}
