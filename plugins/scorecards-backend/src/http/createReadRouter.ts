import { HttpAuthService } from '@backstage/backend-plugin-api';
import {
  Clock,
  openApiDocument,
  Operation,
  serve,
} from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { badgeOperation } from '../badge/badgeOperation';
import { exemptionOperations } from '../exemptions';
import { Handler, ReadHandlers } from './handlers';
import { ledgerOperations } from './ledgerOperations';
import { ReadOperations } from './operations';
import { pushOperations } from './pushOperations';
import { labOperations } from '../lab/labOperations';
import { simulationOperations } from '../simulation/simulationOperations';
import { wantsCsv, writeCsv } from './resultsCsv';

/** Everything that the plugin answers, as OpenAPI 3.1. */
export function documentOf(operations: ReadOperations) {
  return openApiDocument({ title: 'Scorecards', version: '1' }, [
    ...Object.values(operations),
    ...Object.values(ledgerOperations),
    ...Object.values(pushOperations),
    ...Object.values(simulationOperations),
    ...Object.values(labOperations),
    ...Object.values(exemptionOperations),
    badgeOperation,
  ] as Operation[]);
}

/** Every read, and the evaluation on request. */
export function createReadRouter({
  operations,
  handlers,
  httpAuth,
  clock,
}: {
  operations: ReadOperations;
  handlers: ReadHandlers;
  httpAuth: HttpAuthService;
  clock: Clock;
}): express.Router {
  const router = Router();
  const { listResults, ...others } = operations;
  serve(router, httpAuth, listResults, async call => {
    if (!wantsCsv(call.request)) return handlers.listResults(call);
    await writeCsv(call, { handlers, clock });
    return undefined;
  });
  for (const [name, operation] of Object.entries(others)) {
    serve(
      router,
      httpAuth,
      operation as Operation,
      handlers[name as keyof ReadHandlers] as Handler<Operation>,
    );
  }
  const document = documentOf(operations);
  router.get('/openapi.json', async (request, response) => {
    await httpAuth.credentials(request, { allow: ['user', 'service'] });
    response.json(document);
  });
  return router;
}
