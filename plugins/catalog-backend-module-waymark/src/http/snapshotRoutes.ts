import { HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { SnapshotPage, SNAPSHOT_LIMITS } from '@waymark/waymark-common';
import {
  asOfParameter,
  Clock,
  cursorOf,
  cursorParameter,
  entityRefParameter,
  limitParameter,
  parse,
} from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { AuthorizedSnapshots } from '../snapshots/AuthorizedSnapshots';
import { SnapshotStore } from '../snapshots/SnapshotStore';

/** `/snapshots`: what the catalog says now, and said at any instant. */
export function createSnapshotRoutes(options: {
  snapshots: AuthorizedSnapshots;
  store: SnapshotStore;
  httpAuth: HttpAuthService;
  clock: Clock;
}): express.Router {
  const { snapshots, store, httpAuth, clock } = options;
  const router = Router();
  router.use(express.json({ limit: '1mb' }));

  const filterFields = () => ({
    asOf: asOfParameter(clock.now()).optional(),
    kind: z.string().toLowerCase().optional(),
    type: z.string().optional(),
    owner: entityRefParameter('group').optional(),
    system: entityRefParameter('system').optional(),
    domain: entityRefParameter('domain').optional(),
    cursor: cursorParameter.optional(),
    limit: limitParameter,
  });

  router.get('/snapshots', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const { cursor, limit, ...filter } = parse(
      z.strictObject(filterFields()),
      request.query,
    );
    const { items, after } = await snapshots.list(
      filter,
      { after: cursor, limit },
      credentials,
    );
    const page: SnapshotPage = { items, cursor: cursorOf(after) };
    response.json(page);
  });

  // Before the route of one snapshot, whose path has another number of segments; kept apart all the same.
  router.get('/snapshots/changes', async (request, response) => {
    await httpAuth.credentials(request, { allow: ['service'] });
    const { after, limit } = parse(
      z.strictObject({
        after: z.coerce.number().int().min(0).default(0),
        limit: z.coerce
          .number()
          .int()
          .min(1)
          .max(SNAPSHOT_LIMITS.changes)
          .default(SNAPSHOT_LIMITS.changes),
      }),
      request.query,
    );
    response.json(await store.changes(after, limit));
  });

  router.post('/snapshots/query', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const { entityRefs, asOf } = parse(
      z.strictObject({
        entityRefs: z.array(entityRefParameter()).max(SNAPSHOT_LIMITS.query),
        asOf: asOfParameter(clock.now()).optional(),
      }),
      request.body,
    );
    const page: SnapshotPage = {
      items: await snapshots.getByRefs(entityRefs, asOf, credentials),
    };
    response.json(page);
  });

  router.get('/snapshots/:kind/:namespace/:name', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const { asOf } = parse(
      z.strictObject({ asOf: asOfParameter(clock.now()).optional() }),
      request.query,
    );
    const { kind, namespace, name } = request.params;
    const ref = stringifyEntityRef({ kind, namespace, name });
    const [snapshot] = await snapshots.getByRefs([ref], asOf, credentials);
    if (!snapshot) {
      throw new NotFoundError(
        `No snapshot of ${ref}${asOf ? ` at ${asOf.toISOString()}` : ''}`,
      );
    }
    response.json(snapshot);
  });

  return router;
}
