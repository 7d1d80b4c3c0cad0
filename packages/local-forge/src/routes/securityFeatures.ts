import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { queryOf, repositoryOf, writerOf } from '../rest/http';

/**
 * Security features: switches are kept; nothing scans here, so there is never
 * an alert, and a scan that never ran is said not to exist.
 */
export function securityRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo';
  for (const name of [
    'vulnerability-alerts',
    'automated-security-fixes',
    'private-vulnerability-reporting',
  ]) {
    router.get(`${base}/${name}`, async (request, response) => {
      const repository = await repositoryOf(
        context,
        request,
        response,
        'admin',
      );
      const enabled = Boolean(
        context.state.get('switches', `${repository.full_name}#${name}`),
      );
      if (name !== 'vulnerability-alerts') {
        response.json({ enabled, paused: false });
      } else if (enabled) {
        response.status(204).end();
      } else {
        throw new GitHubApiError(404, 'Vulnerability alerts are disabled.');
      }
    });
    for (const method of ['put', 'delete'] as const) {
      router[method](`${base}/${name}`, async (request, response) => {
        const repository = await repositoryOf(
          context,
          request,
          response,
          'admin',
        );
        await context.state.put(
          'switches',
          `${repository.full_name}#${name}`,
          method === 'put' ? true : undefined,
          writerOf(response),
        );
        response.status(204).end();
      });
    }
  }
  router.get(`${base}/dependabot/alerts`, async (request, response) => {
    await repositoryOf(context, request, response);
    if (queryOf(request, 'page')) {
      throw new GitHubApiError(
        400,
        'Pagination using the `page` parameter is not supported.',
      );
    }
    response.json([]);
  });
  router.get(`${base}/code-scanning/alerts`, async (request, response) => {
    await repositoryOf(context, request, response);
    throw new GitHubApiError(404, 'no analysis found');
  });
  router.get(`${base}/code-scanning/analyses`, async (request, response) => {
    await repositoryOf(context, request, response);
    throw new GitHubApiError(404, 'no analysis found');
  });
  router.get(`${base}/secret-scanning/alerts`, async (request, response) => {
    await repositoryOf(context, request, response);
    throw new GitHubApiError(
      404,
      'Secret scanning is disabled on this repository.',
    );
  });
  return router;
}
