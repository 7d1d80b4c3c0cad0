/** A JSON object of GitHub's API, as the emulator or the forge formats it. */
export type Json = Record<string, any>;

/** The parts of GitHub's repository object that the forge itself reads. */
export interface RestRepository extends Json {
  id: number;
  node_id: string;
  name: string;
  full_name: string;
  private: boolean;
  owner: Json & { login: string; type: string };
  html_url: string;
  description: string | null;
  homepage: string | null;
  default_branch: string;
  topics: string[];
  archived: boolean;
  fork: boolean;
  visibility: string;
  created_at: string;
  updated_at: string;
  open_issues_count: number;
  allow_merge_commit: boolean;
  allow_squash_merge: boolean;
  allow_rebase_merge: boolean;
  delete_branch_on_merge: boolean;
}

/** The parts of GitHub's pull request object that the forge itself reads. */
export interface RestPull extends Json {
  id: number;
  number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  draft: boolean;
  merged: boolean;
  merged_at: string | null;
  closed_at: string | null;
  created_at: string;
  updated_at: string;
  user: { login: string } | null;
  merged_by: { login: string } | null;
  head: Json & { ref: string; sha: string };
  base: Json & { ref: string; sha: string };
  labels: { name: string }[];
  requested_reviewers: { login: string }[];
  requested_teams: { slug: string }[];
}

/** What a user may do with a repository, from least to most. */
export const PERMISSIONS = [
  'pull',
  'triage',
  'push',
  'maintain',
  'admin',
] as const;

export type Permission = (typeof PERMISSIONS)[number];
