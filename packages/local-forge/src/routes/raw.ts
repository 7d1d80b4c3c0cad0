import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { repositoryOf } from '../rest/http';

/**
 * `/:owner/:repo/:ref/:path`: what GitHub serves at raw.githubusercontent.com,
 * which clients without a token read.
 */
export function rawRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  router.get('/:owner/:repo/:rest(*)', async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const found = await reader.splitRefPath(request.params.rest);
    const file = found && (await reader.file(found.sha, found.path));
    if (!file) {
      throw notFound();
    }
    response.type('text/plain; charset=utf-8');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.send(file.content);
  });
  return router;
}
