/**
 * What a repository is called at present. Names pass on: after a rename or a deletion another repository may take it.
 */
export interface RepositoryName {
  /** With port, if any. */
  host: string;
  owner: string;
  repository: string;
}

/** A key for maps; GitHub takes names in any case for the same. */
export function keyOf({ host, owner, repository }: RepositoryName): string {
  return `${host}/${owner}/${repository}`.toLowerCase();
}
