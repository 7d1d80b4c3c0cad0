import { HttpAuthService } from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { CatalogProblem, CatalogProblems } from '../problems/CatalogProblems';
import { AuthorizedSnapshots } from '../snapshots/AuthorizedSnapshots';
import { cursorOf, cursorParameter, limitParameter, parse } from './parse';

/**
 * `/problems`: entities and locations whose processing fails. A reader sees the problem of an entity that the catalog would
 * show, and of a file that describes such an entity.
 */
export function createProblemRoutes(options: {
  problems: CatalogProblems;
  snapshots: AuthorizedSnapshots;
  httpAuth: HttpAuthService;
}): express.Router {
  const { problems, snapshots, httpAuth } = options;
  const router = Router();

  router.get('/problems', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const { cursor, limit } = parse(
      z.strictObject({
        cursor: cursorParameter.optional(),
        limit: limitParameter,
      }),
      request.query,
    );
    const mayRead = await snapshots.reader(credentials);
    const subjects = await problems.list({ after: cursor, limit });
    const items: CatalogProblem[] = subjects
      .filter(({ entities }) => entities.some(mayRead))
      .map(({ problem }) => problem);
    const last = subjects[subjects.length - 1]?.problem.entityRef;
    response.json({
      items,
      cursor: subjects.length === limit ? cursorOf(last) : undefined,
    });
  });

  return router;
}
