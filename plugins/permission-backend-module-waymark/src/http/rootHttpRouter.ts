import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { NotAllowedError } from '@backstage/errors';
import { RequestHandler } from 'express';

const SCHEDULER = /^\/api\/[^/]+\/\.backstage\/scheduler(\/|$)/i;

/**
 * Closes the routes by which Backstage lets everybody who is signed in start and cancel the background tasks of every
 * plugin: they ask no permission, so that no policy can deny them. Reading their state stays open.
 */
export const refuseSchedulerWrites: RequestHandler = (
  request,
  _response,
  next,
) => {
  if (
    SCHEDULER.test(decode(request.path)) &&
    !['GET', 'HEAD', 'OPTIONS'].includes(request.method)
  ) {
    next(
      new NotAllowedError(
        'Background tasks are started and cancelled by the portal only',
      ),
    );
    return;
  }
  next();
};

/** Routes are matched on the decoded path, so `%2Ebackstage` has to be seen as what it is. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path).replace(/\/{2,}/g, '/');
  } catch {
    return path;
  }
}

/**
 * The HTTP server of the portal.
 * @public
 */
export const guardedRootHttpRouterServiceFactory = rootHttpRouterServiceFactory(
  {
    configure({ app, applyDefaults }) {
      app.use(refuseSchedulerWrites);
      applyDefaults();
    },
  },
);
