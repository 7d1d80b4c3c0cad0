import {
  deliveryPushAnswerSchema,
  deliveryPushSchema,
  factPushAnswerSchema,
  factPushSchema,
} from '@waymark/scorecards-common';
import { defineOperation } from '@waymark/waymark-node';
import { z } from 'zod';
import { INTAKE_LIMITS } from '../intake/limits';

const machines = ['machine'] as const;

/** What machines write from outside, all or nothing. */
export const pushOperations = {
  pushFacts: defineOperation({
    method: 'post',
    path: '/facts',
    summary: 'Writes facts, all or none of them',
    principals: machines,
    headers: z.object({
      'idempotency-key': z
        .string()
        .regex(/^[\x21-\x7e]{1,255}$/, {
          error: 'must be 1 to 255 printable ASCII characters without spaces',
        })
        .optional()
        .describe(
          'A request with the same key and body has one effect and one answer; with another body it is refused with 409. Kept for a day.',
        ),
    }),
    body: factPushSchema,
    bodyLimit: INTAKE_LIMITS.body,
    answer: factPushAnswerSchema,
  }),
  reportDelivery: defineOperation({
    method: 'post',
    path: '/delivery/events',
    summary:
      'Stores delivery events, all or none of them; one that is known already has no effect',
    principals: machines,
    body: deliveryPushSchema,
    bodyLimit: INTAKE_LIMITS.body,
    answer: deliveryPushAnswerSchema,
  }),
};

/**
 * The auth policies that the operations of machines need: Backstage knows nothing of their tokens. A policy counts for
 * the paths below it too, where every operation asks for credentials itself.
 */
export const PUSH_AUTH_POLICIES = Object.values(pushOperations).map(
  ({ path }) => ({ path, allow: 'unauthenticated' as const }),
);
