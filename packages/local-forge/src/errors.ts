/** One entry of the `errors` array in GitHub's answer to invalid input. */
export interface GitHubFieldError {
  resource: string;
  field: string;
  code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'custom';
  message?: string;
}

/**
 * A refusal in GitHub's own words: the REST layer renders it as
 * `{ message, errors?, documentation_url, status }`, the pages as a sentence.
 */
export class GitHubApiError extends Error {
  readonly status: number;
  readonly errors?: GitHubFieldError[];

  constructor(status: number, message: string, errors?: GitHubFieldError[]) {
    super(message);
    this.name = 'GitHubApiError';
    this.status = status;
    this.errors = errors;
  }
}

export function notFound(): GitHubApiError {
  return new GitHubApiError(404, 'Not Found');
}

export function validationFailed(error: GitHubFieldError): GitHubApiError {
  return new GitHubApiError(422, error.message ?? 'Validation Failed', [error]);
}
