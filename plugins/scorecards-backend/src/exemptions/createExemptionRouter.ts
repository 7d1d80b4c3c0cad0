import { HttpAuthService } from '@backstage/backend-plugin-api';
import { serve } from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { beforeOf, cursorTo } from '../http/cursors';
import { exemptionOperations } from './exemptionOperations';
import { Handler } from '../http/handlers';
import { ExemptionReads } from './ExemptionReads';
import { ExemptionService } from './ExemptionService';

/** What is read of exemptions, wherever it is asked for. */
export type ExemptionReadHandlers = {
  [Name in 'listExemptions' | 'getExemption']: Handler<
    (typeof exemptionOperations)[Name]
  >;
};

/** Reads exemptions as the caller may see them. */
export function exemptionReadHandlers({
  reads,
  service,
}: {
  reads: ExemptionReads;
  service: ExemptionService;
}): ExemptionReadHandlers {
  return {
    async listExemptions({ query, credentials }) {
      const { cursor, limit, ...filter } = query;
      const { items, next } = await reads.list(
        filter,
        { before: beforeOf(cursor), limit },
        credentials,
      );
      return { items, ...cursorTo(next) };
    },
    getExemption: ({ params, credentials }) =>
      service.show(params.id, credentials),
  };
}

/** `/exemptions/…` */
export function createExemptionRouter({
  httpAuth,
  handlers,
  service,
}: {
  httpAuth: HttpAuthService;
  handlers: ExemptionReadHandlers;
  service: ExemptionService;
}): express.Router {
  const router = Router();
  const operations = exemptionOperations;
  serve(router, httpAuth, operations.listExemptions, handlers.listExemptions);
  serve(router, httpAuth, operations.requestExemption, call =>
    service.request(call.body, call.credentials),
  );
  serve(router, httpAuth, operations.getExemption, handlers.getExemption);
  serve(router, httpAuth, operations.approveExemption, call =>
    service.approve(call.params.id, call.body, call.credentials),
  );
  serve(router, httpAuth, operations.rejectExemption, call =>
    service.reject(call.params.id, call.body, call.credentials),
  );
  serve(router, httpAuth, operations.withdrawExemption, call =>
    service.withdraw(call.params.id, call.body, call.credentials),
  );
  serve(router, httpAuth, operations.renewExemption, call =>
    service.renew(call.params.id, call.body, call.credentials),
  );
  serve(router, httpAuth, operations.revokeExemption, call =>
    service.revoke(call.params.id, call.body, call.credentials),
  );
  return router;
}
