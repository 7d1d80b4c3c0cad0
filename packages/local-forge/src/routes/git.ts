import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { hookEnvironment } from '../git/http/hooks';
import { serveSmartHttp, SmartHttpRequest } from '../git/http/smartHttp';
import { actorOf, writerOf } from '../rest/http';

const GIT_PATH =
  /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/;

/** While a push runs, nothing else moves refs of its repository. */
const PUSH_LIMIT_MS = 2 * 60_000;

/** `git clone`, `fetch` and `push` over HTTP. */
export function gitRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  router.all(GIT_PATH, async (request: Request, response: Response) => {
    const [, owner, name, service] = GIT_PATH.exec(request.path) ?? [];
    const repository = await context.repositories.get(owner, name);
    const url = new URL(request.originalUrl, context.baseUrl);
    const pushing =
      service === 'git-receive-pack' ||
      url.searchParams.get('service') === 'git-receive-pack';
    const actor = actorOf(response);
    if (pushing || repository.private) {
      // Git asks its credential helper only after a 401.
      writerOf(response);
    }
    await context.access.require(actor, repository, pushing ? 'push' : 'pull');
    if (pushing && repository.archived) {
      throw new GitHubApiError(403, 'Repository was archived so is read-only.');
    }
    const serve = async (
      push: Pick<SmartHttpRequest, 'environment' | 'timeLimitMilliseconds'>,
    ) =>
      await serveSmartHttp({
        ...push,
        request,
        response,
        root: context.bare.root,
        repository: `${repository.owner.login}/${repository.name}.git`,
        service,
        query: url.search.slice(1),
        actor,
      });
    if (service === 'git-receive-pack' && actor) {
      await context.refs.observe(repository, { actor }, async () => {
        const refused = await context.refs.refusedMoves(repository, actor);
        await serve({
          environment: hookEnvironment({
            refused,
            defaultBranch: repository.default_branch,
            compareUrl: `${repository.html_url}/compare/${repository.default_branch}...`,
          }),
          timeLimitMilliseconds: PUSH_LIMIT_MS,
        });
      });
    } else {
      await serve({});
    }
    response.end();
  });
  return router;
}
