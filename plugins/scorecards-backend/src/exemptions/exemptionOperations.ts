import {
  exemptionDecisionSchema,
  exemptionListSchema,
  exemptionRejectionSchema,
  exemptionRenewalRequestSchema,
  exemptionRequestSchema,
  exemptionRevocationSchema,
  exemptionSchema,
  exemptionStateSchema,
} from '@waymark/scorecards-common';
import {
  cursorParameter,
  defineOperation,
  entityRefParameter,
  limitParameter,
} from '@waymark/waymark-node';
import { z } from 'zod';

/** Most bytes of a body: the refs of the most entities, and the words. */
const BODY = 500_000;
const SMALL_BODY = 100_000;

const readers = ['user', 'service'] as const;
const people = ['user'] as const;
const exemption = '/exemptions/:id';
const answer = exemptionSchema;

/** What may be asked of exemptions. */
export const exemptionOperations = {
  listExemptions: defineOperation({
    method: 'get',
    path: '/exemptions',
    summary: 'Exemptions, newest first',
    principals: readers,
    query: z.strictObject({
      approver: z
        .literal('me')
        .optional()
        .describe('Only what waits for the approval of who asks.'),
      entity: entityRefParameter()
        .optional()
        .describe('Those of its system and domain concern it too.'),
      scorecard: z.string().optional(),
      check: z.string().optional(),
      state: exemptionStateSchema.optional(),
      cursor: cursorParameter.optional(),
      limit: limitParameter,
    }),
    answer: exemptionListSchema,
  }),
  requestExemption: defineOperation({
    method: 'post',
    path: '/exemptions',
    summary:
      'Asks that a check does not count for a while, for one subject or for many at once',
    principals: people,
    bodyLimit: BODY,
    body: exemptionRequestSchema,
    answer,
    status: 201,
  }),
  getExemption: defineOperation({
    method: 'get',
    path: exemption,
    summary: 'An exemption with all that happened to it',
    principals: readers,
    answer,
  }),
  approveExemption: defineOperation({
    method: 'post',
    path: `${exemption}/approve`,
    summary:
      'Approves a request or a renewal, on behalf of all groups of who asks; never by who has requested it',
    principals: people,
    bodyLimit: SMALL_BODY,
    body: exemptionDecisionSchema,
    answer,
  }),
  rejectExemption: defineOperation({
    method: 'post',
    path: `${exemption}/reject`,
    summary: 'Rejects a request or a renewal',
    principals: people,
    bodyLimit: SMALL_BODY,
    body: exemptionRejectionSchema,
    answer,
  }),
  withdrawExemption: defineOperation({
    method: 'post',
    path: `${exemption}/withdraw`,
    summary: 'Takes back a request or a renewal that is not decided',
    principals: people,
    bodyLimit: SMALL_BODY,
    body: exemptionDecisionSchema,
    answer,
  }),
  renewExemption: defineOperation({
    method: 'post',
    path: `${exemption}/renew`,
    summary: 'Asks for more time, at most twice',
    principals: people,
    bodyLimit: SMALL_BODY,
    body: exemptionRenewalRequestSchema,
    answer,
  }),
  revokeExemption: defineOperation({
    method: 'post',
    path: `${exemption}/revoke`,
    summary: 'Ends an exemption before its time, for all subjects or for some',
    principals: people,
    bodyLimit: SMALL_BODY,
    body: exemptionRevocationSchema,
    answer,
  }),
};
