import { ErrorRequestHandler, Request, Response } from 'express';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { Json, Permission, RestRepository } from '../social/types';
import { WriteContext } from '../state/ForgeState';

const DOCUMENTATION = 'https://docs.github.com/rest';

/** Login of the caller, undefined for an anonymous one. */
export function actorOf(response: Response): string | undefined {
  return response.locals.actor;
}

/** The caller as the author of a write. @throws GitHubApiError 401 */
export function writerOf(response: Response): WriteContext {
  const actor = actorOf(response);
  if (!actor) {
    throw new GitHubApiError(401, 'Requires authentication');
  }
  return { actor };
}

/**
 * The JSON object in the body. Clients send an empty body for a request without
 * parameters, so that is an empty object.
 *
 * @throws GitHubApiError 400 when the body is not a JSON object.
 */
export function bodyOf(request: Request): Json {
  const raw: unknown = request.body;
  if (!Buffer.isBuffer(raw) || raw.length === 0) {
    return {};
  }
  let value: unknown;
  try {
    value = JSON.parse(raw.toString('utf8'));
  } catch {
    throw new GitHubApiError(400, 'Problems parsing JSON');
  }
  if (value === null) {
    return {};
  }
  if (typeof value !== 'object') {
    throw new GitHubApiError(400, 'Body should be a JSON object');
  }
  return value as Json;
}

/**
 * The repository that the path names, if the caller may do this with it.
 *
 * @throws GitHubApiError 401 for an anonymous write, 403, 404.
 */
export async function repositoryOf(
  context: ForgeContext,
  request: Request,
  response: Response,
  needed: Permission = 'pull',
): Promise<RestRepository> {
  if (needed !== 'pull') {
    writerOf(response);
  }
  const { owner, repo } = request.params;
  const repository = await context.repositories.get(owner, repo);
  await context.access.require(actorOf(response), repository, needed);
  return repository;
}

/** A number in the path. @throws GitHubApiError 404 */
export function numberOf(value: string): number {
  if (!/^\d{1,15}$/.test(value)) {
    throw notFound();
  }
  return Number(value);
}

/** A single text in the query, undefined when absent, empty or repeated. */
export function queryOf(request: Request, name: string): string | undefined {
  const value = request.query[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The page a caller wants: GitHub's `page` (from 1) and `per_page` (30, ≤ 100). */
export function pageOf(request: Request): { page: number; perPage: number } {
  const read = (name: string, fallback: number) => {
    const value = Number.parseInt(queryOf(request, name) ?? '', 10);
    return Number.isFinite(value) && value > 0 ? value : fallback;
  };
  return {
    page: read('page', 1),
    perPage: Math.min(read('per_page', 30), 100),
  };
}

/** Cuts the caller's page out of a list and sets the `Link` header. */
export function paginate<T>(
  context: ForgeContext,
  request: Request,
  response: Response,
  items: readonly T[],
): T[] {
  const { page, perPage } = pageOf(request);
  const last = Math.max(1, Math.ceil(items.length / perPage));
  setLink(context, request, response, { page, last });
  return items.slice((page - 1) * perPage, page * perPage);
}

/** Sets `Link` for page `page` of `last` pages; `last` may be unknown. */
export function setLink(
  context: ForgeContext,
  request: Request,
  response: Response,
  pages: { page: number; last?: number; more?: boolean },
): void {
  const { page, last } = pages;
  const links: string[] = [];
  const link = (rel: string, number: number) => {
    const url = new URL(request.originalUrl, context.baseUrl);
    url.searchParams.set('page', String(number));
    links.push(`<${url.href}>; rel="${rel}"`);
  };
  if (page > 1) {
    link('prev', page - 1);
  }
  if (last === undefined ? pages.more : page < last) {
    link('next', page + 1);
    if (last !== undefined) {
      link('last', last);
    }
  }
  if (page > 1) {
    link('first', 1);
  }
  if (links.length > 0) {
    response.setHeader('Link', links.join(', '));
  }
}

/** Whether the caller asked for one of GitHub's media types (`raw`, `diff` …). */
export function wantsMediaType(request: Request, name: string): boolean {
  return new RegExp(
    `application/vnd\\.github\\.(v3\\.)?${name}(\\+json)?(\\s*[;,]|\\s*$)`,
  ).test(request.headers.accept ?? '');
}

/** Renders errors as GitHub does. */
export function errorHandler(log: (line: string) => void): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const refusal = toGitHubError(error);
    if (refusal.status >= 500) {
      log(
        `${request.method} ${request.path} failed: ${
          error instanceof Error ? error.stack : error
        }`,
      );
    }
    if (refusal.status === 401) {
      response.setHeader('WWW-Authenticate', 'Basic realm="Waymark forge"');
    }
    response.status(refusal.status).json({
      message: refusal.message,
      ...(refusal.errors ? { errors: refusal.errors } : {}),
      documentation_url: DOCUMENTATION,
      status: String(refusal.status),
    });
  };
}

/** Any error as a refusal in GitHub's terms. */
export function toGitHubError(error: unknown): GitHubApiError {
  if (error instanceof GitHubApiError) {
    return error;
  }
  if (error instanceof Error) {
    switch (error.name) {
      case 'NotFoundError':
        return notFound();
      case 'InputError':
        return new GitHubApiError(422, error.message);
      case 'URIError':
        return new GitHubApiError(400, 'The path is not valid');
      case 'ServiceUnavailableError':
        return new GitHubApiError(503, error.message);
      case 'PayloadTooLargeError':
        return new GitHubApiError(413, 'The body is too large');
      default:
    }
  }
  return new GitHubApiError(500, 'Server Error');
}
