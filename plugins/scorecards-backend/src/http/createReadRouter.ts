import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Operation, openApiDocument } from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { addCollectorRoutes, CollectorRouteOptions } from './collectorRoutes';
import { addEntityRoutes, EntityRouteOptions } from './entityRoutes';
import { addFeedRoutes } from './feedRoutes';
import { addScorecardRoutes, ScorecardRouteOptions } from './scorecardRoutes';
import { pushOperations } from './pushOperations';
import { ReadOperations } from './operations';

type Options = CollectorRouteOptions &
  EntityRouteOptions &
  ScorecardRouteOptions &
  Parameters<typeof addFeedRoutes>[1];

/** Everything that the plugin answers, as OpenAPI 3.1. */
export function documentOf(operations: ReadOperations) {
  return openApiDocument({ title: 'Scorecards', version: '1' }, [
    ...Object.values(operations),
    ...Object.values(pushOperations),
  ] as Operation[]);
}

/** Every read, and the evaluation on request. */
export function createReadRouter(options: Options): express.Router {
  const router = Router();
  addScorecardRoutes(router, options);
  addEntityRoutes(router, options);
  addFeedRoutes(router, options);
  addCollectorRoutes(router, options);
  addDocumentRoute(router, options);
  return router;
}

function addDocumentRoute(
  router: express.Router,
  {
    operations,
    httpAuth,
  }: { operations: ReadOperations; httpAuth: HttpAuthService },
): void {
  const document = documentOf(operations);
  router.get('/openapi.json', async (request, response) => {
    await httpAuth.credentials(request, { allow: ['user', 'service'] });
    response.json(document);
  });
}
