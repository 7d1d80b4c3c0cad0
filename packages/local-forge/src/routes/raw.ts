import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ForgeContext } from '../ForgeContext';
import { isOwnerName, isRepositoryName } from '../git/names';
import { actorOf } from '../rest/http';

/**
 * `/:owner/:repo/:ref/:path`: what GitHub serves at raw.githubusercontent.com,
 * which clients without a token read. A browser, and any path that is no file
 * at a ref, is left to the pages.
 */
export function rawRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  router.get('/:owner/:repo/:rest(*)', async (request, response) => {
    const { owner, repo, rest } = request.params;
    const browsing = request.headers.accept?.includes('text/html');
    if (browsing || !isOwnerName(owner) || !isRepositoryName(repo)) {
      return 'next';
    }
    const repository = await context.repositories.find(owner, repo);
    const mayRead =
      repository &&
      (await context.access.permissionOf(actorOf(response), repository));
    if (!repository || !mayRead) {
      return 'next';
    }
    const reader = await context.repositories.reader(repository);
    const found = await reader.splitRefPath(rest);
    const file = found?.path && (await reader.file(found.sha, found.path));
    if (!file) {
      return 'next';
    }
    response.type('text/plain; charset=utf-8');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; sandbox",
    );
    response.send(file.content);
    return 'route';
  });
  return router;
}
