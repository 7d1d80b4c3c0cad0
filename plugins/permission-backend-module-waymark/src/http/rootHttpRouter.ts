import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { RootLifecycleService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { RequestHandler } from 'express';
import { drainOnShutdown } from './drainOnShutdown';
import { RequestDrain } from './RequestDrain';

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
    configure({ app, server, config, lifecycle, logger, applyDefaults }) {
      const drain = RequestDrain.create(server);
      // Its type says less than what is handed over: the lifecycle of the root.
      drainOnShutdown(drain, lifecycle as RootLifecycleService, config, logger);
      app.use(drain.middleware);
      app.use(refuseSchedulerWrites);
      applyDefaults();
    },
  },
);
