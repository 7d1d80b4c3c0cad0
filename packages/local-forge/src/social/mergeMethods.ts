import { GitHubApiError } from '../errors';
import { MergeMethod } from '../services/ForgeService';
import { RestRepository } from './types';

/** @throws GitHubApiError 405 when the repository does not allow the method. */
export function requireMethod(
  repository: RestRepository,
  method: MergeMethod,
): void {
  const allowed = {
    merge: repository.allow_merge_commit,
    squash: repository.allow_squash_merge,
    rebase: repository.allow_rebase_merge,
  };
  if (!allowed[method]) {
    const names = {
      merge: 'Merge commits',
      squash: 'Squash merges',
      rebase: 'Rebase merges',
    };
    throw new GitHubApiError(
      405,
      `${names[method]} are not allowed on this repository.`,
    );
  }
}
