import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogProblem, CatalogProblemPage } from '@waymark/waymark-common';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { CatalogProblems } from '../problems/CatalogProblems';
import { AuthorizedSnapshots } from '../snapshots/AuthorizedSnapshots';
import {
  cursorOf,
  cursorParameter,
  limitParameter,
  parse,
} from '@waymark/waymark-node';

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
    const items = subjects.flatMap(({ problem, entities }) => {
      const readable = entities.filter(entity => mayRead(entity));
      return readable.length > 0
        ? [{ ...problem, affected: readable.flatMap(affected) }]
        : [];
    });
    const last = subjects[subjects.length - 1]?.problem.entityRef;
    const page: CatalogProblemPage = {
      items,
      cursor: subjects.length === limit ? cursorOf(last) : undefined,
    };
    response.json(page);
  });

  return router;
}

/** The location of a file stands for the file itself: no reader knows it as an entity. */
function affected(entity: Entity): CatalogProblem['affected'] {
  if (entity.kind === 'Location') {
    return [];
  }
  const owner = entity.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  );
  return [{ entityRef: stringifyEntityRef(entity), owner: owner?.targetRef }];
}
