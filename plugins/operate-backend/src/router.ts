import { HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import express from 'express';
import Router from 'express-promise-router';
import { OperateService } from './OperateService';

/** The HTTP interface of the plugin; the catalog decides who may read which entity. */
export async function createRouter(options: {
  httpAuth: HttpAuthService;
  operate: OperateService;
}): Promise<express.Router> {
  const router = Router();

  router.get('/entities/:kind/:namespace/:name', async (request, response) => {
    const credentials = await options.httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const { kind, namespace, name } = request.params;
    response.json(
      await options.operate.describe(
        stringifyEntityRef({ kind, namespace, name }),
        credentials,
      ),
    );
  });

  return router;
}
