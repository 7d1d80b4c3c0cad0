import {
  moversSchema,
  rollupDimensionSchema,
  trendSchema,
} from '@waymark/scorecards-common';
import {
  Clock,
  defineOperation,
  entityRefParameter,
} from '@waymark/waymark-node';
import { z } from 'zod';
import { pastInstant } from '../http/parameters';

const MOST_MOVERS = 100;
/** Every change since then is read. */
const MOST_DAYS = 100;
const DAY = 24 * 60 * 60_000;
const principals = ['user', 'service'] as const;

/** How things have gone. */
export function insightOperations(clock: Clock) {
  const instant = pastInstant(clock);
  return {
    getTrend: defineOperation({
      method: 'get',
      path: '/scorecards/:name/trend',
      summary:
        'How all entities, or those of one owner, system, domain or type, have fared over time',
      principals,
      query: z
        .strictObject({
          by: rollupDimensionSchema.optional().describe('With key.'),
          key: z.string().optional().describe('Of one roll-up; with by.'),
          from: instant
            .optional()
            .describe(
              '90 days before the end when absent, or since there is such a scorecard.',
            ),
          to: instant.optional().describe('Now when absent.'),
        })
        .transform(({ by, key, ...interval }, context) => {
          if ((by === undefined) !== (key === undefined)) {
            const [given, missing] =
              by === undefined ? ['key', 'by'] : ['by', 'key'];
            context.addIssue({
              code: 'custom',
              path: [given],
              message: `needs ${missing} as well`,
            });
            return z.NEVER;
          }
          if (by === undefined || key === undefined) return interval;
          if (by === 'type') return { ...interval, of: { by, key } };
          const ref = entityRefParameter(
            by === 'owner' ? 'group' : by,
          ).safeParse(key);
          if (ref.success) return { ...interval, of: { by, key: ref.data } };
          context.addIssue({
            code: 'custom',
            path: ['key'],
            message: ref.error.issues[0].message,
          });
          return z.NEVER;
        }),
      answer: trendSchema,
    }),
    listMovers: defineOperation({
      method: 'get',
      path: '/movers',
      summary:
        'Which entities and owners have moved most, up and down, and why',
      principals,
      query: z.strictObject({
        scorecard: z.string().optional().describe('All when absent.'),
        since: instant
          .refine(
            since => clock.now().getTime() - since.getTime() <= MOST_DAYS * DAY,
            `must be in the last ${MOST_DAYS} days`,
          )
          .describe(
            `What is compared with the present; in the last ${MOST_DAYS} days.`,
          ),
        limit: z.coerce
          .number()
          .int()
          .min(1)
          .max(MOST_MOVERS)
          .default(10)
          .describe('Of each list.'),
      }),
      answer: moversSchema,
    }),
  };
}
