import { defineOperation } from '@waymark/waymark-node';
import { z } from 'zod';

/** The picture that a README shows. */
export const badgeOperation = defineOperation({
  method: 'get',
  path: '/entities/:kind/:namespace/:name/badge.svg',
  summary:
    'The level of an entity as a picture; without signing in where the configuration has badges public',
  principals: ['user', 'service'],
  query: z.strictObject({
    scorecard: z.string().min(1).max(253).describe('Name of the scorecard.'),
  }),
  mediaType: 'image/svg+xml',
  answer: z.string(),
});
