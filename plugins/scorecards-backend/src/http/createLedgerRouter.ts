import {
  AuditorService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { Ledger } from '@waymark/ledger-node';
import { serve } from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { EntityAccess } from '../access/EntityAccess';
import { ledgerHandlers } from './ledgerHandlers';
import { ledgerOperations } from './ledgerOperations';

/** Every read of the ledger. */
export function createLedgerRouter(options: {
  ledger: Ledger;
  permissions: PermissionsService;
  auditor: AuditorService;
  httpAuth: HttpAuthService;
}): express.Router {
  const { httpAuth } = options;
  const { listLedger, getLedgerHead, proveLedgerEntry, exportLedger } =
    ledgerOperations;
  const handlers = ledgerHandlers({
    ...options,
    access: EntityAccess.create(options),
  });
  const router = Router();
  serve(router, httpAuth, listLedger, handlers.listLedger);
  serve(router, httpAuth, getLedgerHead, handlers.getLedgerHead);
  serve(router, httpAuth, proveLedgerEntry, handlers.proveLedgerEntry);
  serve(router, httpAuth, exportLedger, handlers.exportLedger);
  return router;
}
