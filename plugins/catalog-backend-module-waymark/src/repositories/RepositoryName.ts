import { RepositoryName } from '@waymark/waymark-common';

export type { RepositoryName };

/** A key for maps; GitHub takes names in any case for the same. */
export function keyOf({ host, owner, repository }: RepositoryName): string {
  return `${host}/${owner}/${repository}`.toLowerCase();
}
