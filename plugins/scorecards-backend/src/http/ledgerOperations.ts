import {
  ledgerEntriesSchema,
  ledgerExportLineSchema,
  ledgerHeadSchema,
  ledgerProofSchema,
} from '@waymark/scorecards-common';
import {
  cursorParameter,
  defineOperation,
  limitParameter,
} from '@waymark/waymark-node';
import { z } from 'zod';

const principals = ['user', 'service'] as const;
const position = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const startOf = (after: string, context: z.RefinementCtx) => {
  const parsed = position.safeParse(after);
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: 'is not a cursor of this list' });
  return z.NEVER;
};

/** What may be asked of the ledger. */
export const ledgerOperations = {
  listLedger: defineOperation({
    method: 'get',
    path: '/ledger',
    summary: 'What is on record, oldest first',
    principals,
    query: z.strictObject({
      type: z.string().optional(),
      cursor: cursorParameter.transform(startOf).optional(),
      limit: limitParameter,
    }),
    answer: ledgerEntriesSchema,
  }),
  getLedgerHead: defineOperation({
    method: 'get',
    path: '/ledger/head',
    summary: 'How far the ledger has come, and what of it was published',
    principals,
    answer: ledgerHeadSchema,
  }),
  proveLedgerEntry: defineOperation({
    method: 'get',
    path: '/ledger/proof/:index',
    summary: 'Proves that an entry is in the ledger',
    principals,
    query: z.strictObject({
      size: position
        .optional()
        .describe('Of a former head; the present one when absent.'),
    }),
    answer: ledgerProofSchema,
  }),
  exportLedger: defineOperation({
    method: 'get',
    path: '/ledger/export',
    summary:
      'The whole ledger as JSON lines, to be verified without the portal; what is described is one line',
    principals,
    answer: ledgerExportLineSchema,
  }),
};
