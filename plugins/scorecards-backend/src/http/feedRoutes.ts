import { HttpAuthService } from '@backstage/backend-plugin-api';
import { serve } from '@waymark/waymark-node';
import express from 'express';
import { ChangeReads } from '../reads/ChangeReads';
import { ReadOperations } from './operations';

/** `/changes`. */
export function addFeedRoutes(
  router: express.Router,
  options: {
    operations: ReadOperations;
    httpAuth: HttpAuthService;
    changes: ChangeReads;
  },
): void {
  const { operations, httpAuth, changes } = options;
  serve(router, httpAuth, operations.listChanges, ({ query }) =>
    changes.changes(query.after, query.limit),
  );
}
