import { HttpAuthService } from '@backstage/backend-plugin-api';
import { Clock } from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { CatalogProblems } from '../problems/CatalogProblems';
import { AuthorizedSnapshots } from '../snapshots/AuthorizedSnapshots';
import { SnapshotStore } from '../snapshots/SnapshotStore';
import { createProblemRoutes } from './problemRoutes';
import { createSchemaRoutes } from './schemaRoutes';
import { createSnapshotRoutes } from './snapshotRoutes';

/** Everything that this module adds to the catalog's API, below `/waymark`. */
export function createRouter(options: {
  snapshots: AuthorizedSnapshots;
  store: SnapshotStore;
  problems: CatalogProblems;
  httpAuth: HttpAuthService;
  clock: Clock;
}): express.Router {
  const router = Router();
  router.use('/waymark', createSnapshotRoutes(options));
  router.use('/waymark', createProblemRoutes(options));
  router.use('/waymark', createSchemaRoutes());
  return router;
}
