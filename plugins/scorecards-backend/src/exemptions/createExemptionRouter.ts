import { HttpAuthService } from '@backstage/backend-plugin-api';
import { serve } from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { beforeOf, cursorTo } from '../http/cursors';
import { exemptionOperations } from './exemptionOperations';
import { ExemptionReads } from './ExemptionReads';
import { ExemptionService } from './ExemptionService';

/** `/exemptions/…` */
export function createExemptionRouter({
  httpAuth,
  reads,
  service,
}: {
  httpAuth: HttpAuthService;
  reads: ExemptionReads;
  service: ExemptionService;
}): express.Router {
  const router = Router();
  const operations = exemptionOperations;
  serve(router, httpAuth, operations.listExemptions, async call => {
    const { cursor, limit, ...filter } = call.query;
    const { items, next } = await reads.list(
      filter,
      { before: beforeOf(cursor), limit },
      call.credentials,
    );
    return { items, ...cursorTo(next) };
  });
  serve(router, httpAuth, operations.requestExemption, call =>
    service.request(call.body, call.credentials),
  );
  serve(router, httpAuth, operations.getExemption, call =>
    service.show(call.params.id, call.credentials),
  );
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
