import { GitHubApiError, validationFailed } from '../errors';
import { Json, RestRepository } from './types';

/**
 * The branch that a request names, `branch` or `owner:branch`.
 *
 * @throws GitHubApiError 422 when it names none, or one of a fork
 */
export function branchName(
  repository: RestRepository,
  value: unknown,
  field: 'head' | 'base',
): string {
  if (typeof value !== 'string' || !value) {
    throw validationFailed({
      resource: 'PullRequest',
      field,
      code: 'missing_field',
    });
  }
  const colon = value.indexOf(':');
  if (colon < 0) {
    return value;
  }
  if (value.slice(0, colon) !== repository.owner.login) {
    throw new GitHubApiError(
      422,
      'Pull requests from forks are not supported by the local forge',
    );
  }
  return value.slice(colon + 1);
}

/** A refusal in words, as GitHub gives it for pull requests. */
export function pullError(message: string): GitHubApiError {
  return new GitHubApiError(422, 'Validation Failed', [
    { resource: 'PullRequest', field: 'base', code: 'custom', message },
  ]);
}

/** The fields that may be changed. */
export function pick(body: Json, fields: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(body).filter(([key]) => fields.includes(key)),
  );
}
