import {
  simulationRequestSchema,
  simulationSchema,
} from '@waymark/scorecards-common';
import {
  cursorParameter,
  defineOperation,
  limitParameter,
} from '@waymark/waymark-node';
import { z } from 'zod';

/** Most bytes of a definition with its fact sources. */
export const DEFINITIONS_BODY = 2_000_000;

/** What would be. */
export const simulationOperations = {
  simulate: defineOperation({
    method: 'post',
    path: '/simulate',
    summary: 'What a scorecard that is not in force would change',
    principals: ['user', 'service'],
    query: z.strictObject({
      cursor: cursorParameter.optional(),
      limit: limitParameter,
    }),
    bodyLimit: DEFINITIONS_BODY,
    body: simulationRequestSchema,
    answer: simulationSchema,
  }),
};
