function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

function join(...parts: (string | undefined)[]): string {
  return `/${parts
    .filter(part => part !== undefined && part !== '')
    .map(part => encodePath(part!))
    .join('/')}`;
}

/** A repository by owner and name. */
export interface RepositoryName {
  owner: string;
  name: string;
}

/** Paths of the pages, as GitHub has them; every part is encoded. */
export const urls = {
  owner: (login: string) => join(login),
  team: (org: string, slug: string) => join('orgs', org, 'teams', slug),
  repository: (repo: RepositoryName) => join(repo.owner, repo.name),
  tree: (repo: RepositoryName, ref: string, path?: string) =>
    join(repo.owner, repo.name, 'tree', ref, path),
  blob: (repo: RepositoryName, ref: string, path: string) =>
    join(repo.owner, repo.name, 'blob', ref, path),
  raw: (repo: RepositoryName, ref: string, path: string) =>
    join(repo.owner, repo.name, 'raw', ref, path),
  edit: (repo: RepositoryName, ref: string, path: string) =>
    join(repo.owner, repo.name, 'edit', ref, path),
  commits: (repo: RepositoryName, ref: string, path?: string) =>
    join(repo.owner, repo.name, 'commits', ref, path),
  commit: (repo: RepositoryName, sha: string) =>
    join(repo.owner, repo.name, 'commit', sha),
  compare: (repo: RepositoryName, base: string, head: string) =>
    join(repo.owner, repo.name, 'compare', `${base}...${head}`),
  pull: (repo: RepositoryName, number: number, tab?: string) =>
    join(repo.owner, repo.name, 'pull', String(number), tab),
  issue: (repo: RepositoryName, number: number) =>
    join(repo.owner, repo.name, 'issues', String(number)),
  /** `branches`, `tags`, `pulls`, `issues`, `actions`. */
  section: (repo: RepositoryName, section: string) =>
    join(repo.owner, repo.name, section),
  deliveries: () => '/_forge/deliveries',
};
