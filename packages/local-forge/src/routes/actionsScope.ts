import { Request, Response } from 'express';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { repositoryOf } from '../rest/http';
import { RestRepository } from '../social/types';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The key of a scope: the repository, or one of its environments. */
export async function scopeOf(
  context: ForgeContext,
  request: Request,
  response: Response,
): Promise<{ repository: RestRepository; scope: string }> {
  const repository = await repositoryOf(context, request, response, 'push');
  const { environment } = request.params;
  if (environment === undefined) {
    return { repository, scope: repository.full_name };
  }
  const key = `${repository.full_name}#${environment}`;
  if (!context.state.get('environments', key)) {
    throw notFound();
  }
  return { repository, scope: key };
}

/** The name of a secret or variable. @throws GitHubApiError 422 */
export function checkName(value: unknown): string {
  if (
    typeof value !== 'string' ||
    !NAME.test(value) ||
    value.toUpperCase().startsWith('GITHUB_')
  ) {
    throw new GitHubApiError(
      422,
      'name may only hold letters, digits and underscores, and must not start with a digit or GITHUB_',
    );
  }
  return value;
}
