import { ErrorRequestHandler, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { NotFoundError } from '@backstage/errors';
import { errorPage, statusOf } from './errorPage';
import { isPageRequest } from './isPageRequest';
import { PageContext } from './PageContext';
import { addCodeRoutes } from './routes/code';
import { addCompareRoutes } from './routes/compare';
import { addDeliveryRoutes } from './routes/deliveries';
import { addEditRoutes } from './routes/edit';
import { addFileRoutes } from './routes/files';
import { addHistoryRoutes } from './routes/history';
import { addHomeRoutes } from './routes/home';
import { addIssueRoutes } from './routes/issues';
import { addOwnerRoutes } from './routes/owners';
import { addPullActions } from './routes/pullActions';
import { addPullRoutes } from './routes/pulls';
import { addWorkflowRoutes } from './routes/workflows';
import { securityHeaders } from './security';
import { styles } from './styles';
import { PagesOptions } from './types';

/**
 * The pages of the forge, at the addresses GitHub uses, without any script.
 *
 * @remarks
 * Mount it before the API and Git: it answers requests for pages, also with its own page for what does not
 * exist, and passes on everything else (see {@link isPageRequest}). It needs no body parser before it.
 */
export function createPages(options: PagesOptions): Router {
  const context = new PageContext(options);
  const pages = PromiseRouter();

  pages.use(securityHeaders);
  pages.get('/_forge/pages.css', (_request, response) => {
    response.set('Cache-Control', 'public, max-age=31536000, immutable');
    response.type('css').send(styles);
  });
  addHomeRoutes(pages, context);
  addDeliveryRoutes(pages, context);
  addOwnerRoutes(pages, context);
  addCodeRoutes(pages, context);
  addFileRoutes(pages, context);
  addHistoryRoutes(pages, context);
  addCompareRoutes(pages, context);
  addPullRoutes(pages, context);
  addPullActions(pages, context);
  addIssueRoutes(pages, context);
  addWorkflowRoutes(pages, context);
  addEditRoutes(pages, context);
  pages.use(() => {
    throw new NotFoundError('There is no such page.');
  });
  const handleError: ErrorRequestHandler = (
    error,
    request,
    response,
    // Express tells error handlers by their four parameters.
    _next,
  ) => {
    const status = statusOf(error);
    if (status >= 500) {
      options.onError?.(error);
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    context.send(response, errorPage(error, request.path), status);
  };
  pages.use(handleError);

  const router = Router();
  router.use((request, response, next) => {
    if (isPageRequest(request)) {
      pages(request, response, next);
    } else {
      next();
    }
  });
  return router;
}
