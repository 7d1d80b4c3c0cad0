import { validationFailed } from '../errors';
import { isRepositoryName } from '../git/names';
import { GitReader, isRefName } from '../git/read';
import { Json } from './types';

const isName = (value: unknown): value is string =>
  typeof value === 'string' && isRepositoryName(value);

/** The name of a repository to create. @throws GitHubApiError 422 */
export function newNameIn(body: Json): string {
  const { name } = body;
  if (!isName(name)) {
    throw validationFailed({
      resource: 'Repository',
      field: 'name',
      code: typeof name === 'string' ? 'invalid' : 'missing_field',
      message: 'Repository creation failed.',
    });
  }
  return name;
}

/** The name that a repository is to have. @throws GitHubApiError 422 */
export function nameIn(body: Json, present: string): string {
  const name = body.name ?? present;
  if (!isName(name)) {
    throw validationFailed({
      resource: 'Repository',
      field: 'name',
      code: 'invalid',
    });
  }
  return name;
}

/** @throws GitHubApiError 422 when the repository has no such branch */
export async function requireBranch(
  reader: GitReader,
  branch: unknown,
): Promise<void> {
  if (
    typeof branch !== 'string' ||
    !isRefName(branch) ||
    !(await reader.resolve(`refs/heads/${branch}`))
  ) {
    throw validationFailed({
      resource: 'Repository',
      field: 'default_branch',
      code: 'invalid',
      message: `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`,
    });
  }
}
