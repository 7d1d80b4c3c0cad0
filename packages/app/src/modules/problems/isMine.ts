import { CatalogProblem } from '@waymark/waymark-common';
import { describeProblem } from './describeProblem';

/** By what a problem is somebody's. */
export interface Ownership {
  /** The person and their groups, by reference. */
  owners: readonly string[];
  /** The repositories of the components they own, as `owner/repository`. */
  repositories: readonly string[];
}

/**
 * Whether a problem is for a person to mend: something of theirs comes from that file, or nothing ever did, and the file
 * lies in a repository of theirs.
 */
export function isMine(problem: CatalogProblem, ownership: Ownership): boolean {
  const { owners, repositories } = ownership;
  if (problem.affected.length > 0) {
    return problem.affected.some(
      ({ owner }) => owner !== undefined && owners.includes(owner),
    );
  }
  const { repository } = describeProblem(problem);
  return repository !== undefined && repositories.includes(repository);
}
