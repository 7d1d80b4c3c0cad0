import { HttpAuthService } from '@backstage/backend-plugin-api';
import { scorecardsCollectorReadPermission } from '@waymark/scorecards-common';
import { serve } from '@waymark/waymark-node';
import express from 'express';
import { EntityAccess } from '../access/EntityAccess';
import { CollectorHealthReader } from '../collectors';
import { ReadOperations } from './operations';

/** What the route of collectors needs. */
export interface CollectorRouteOptions {
  operations: ReadOperations;
  httpAuth: HttpAuthService;
  access: EntityAccess;
  health: Pick<CollectorHealthReader, 'list'>;
}

/** `/collectors`. */
export function addCollectorRoutes(
  router: express.Router,
  { operations, httpAuth, access, health }: CollectorRouteOptions,
): void {
  serve(
    router,
    httpAuth,
    operations.listCollectors,
    async ({ credentials }) => {
      await access.require(scorecardsCollectorReadPermission, credentials);
      return { items: await health.list() };
    },
  );
}
