import { z } from 'zod';
import { MOST_PUSHED, sentEntityRefSchema, sentInstantSchema } from './push';

const name = z.string().min(1).max(200);
const result = z.enum(['success', 'failure', 'cancelled']);
const commit = z.string().regex(/^[0-9a-f]{7,64}$/i, {
  error: 'must be the hexadecimal id of a commit',
});
const digest = z.string().regex(/^sha(256:[0-9a-f]{64}|512:[0-9a-f]{128})$/, {
  error: 'must be a digest such as sha256:<64 hexadecimal digits>',
});

const common = {
  id: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/, {
      error: 'must be 1 to 200 printable ASCII characters without spaces',
    })
    .describe('Of the event: sent again, it has no effect.'),
  entityRef: sentEntityRefSchema,
  commit,
  url: z.string().optional().describe('Where a person can see it.'),
};

/** A step of a pipeline has ended. @public */
export const pipelineFinishedSchema = z.strictObject({
  type: z.literal('pipeline.finished'),
  ...common,
  finishedAt: sentInstantSchema,
  startedAt: sentInstantSchema.optional(),
  step: name.describe('What was done, such as build, test or scan.'),
  tool: name.optional().describe('What did it.'),
  version: name.optional().describe('Of the tool.'),
  digest: digest.optional().describe('Of the artifact.'),
  result,
});

/** A deployment has ended. @public */
export const deploymentFinishedSchema = z.strictObject({
  type: z.literal('deployment.finished'),
  ...common,
  finishedAt: sentInstantSchema,
  startedAt: sentInstantSchema.optional(),
  environment: name,
  digest: digest.optional().describe('Of what was deployed.'),
  result,
});

/** A change has reached the default branch. @public */
export const changeMergedSchema = z.strictObject({
  type: z.literal('change.merged'),
  ...common,
  mergedAt: sentInstantSchema,
  openedAt: sentInstantSchema.optional(),
  firstCommitAt: sentInstantSchema.optional(),
  number: z.int().min(1).optional().describe('Of the pull request.'),
});

/**
 * Something that happened on the way of a change to production.
 * @public
 */
export const deliveryEventSchema = z.discriminatedUnion('type', [
  pipelineFinishedSchema,
  deploymentFinishedSchema,
  changeMergedSchema,
]);

/** @public */
export type DeliveryEvent = z.output<typeof deliveryEventSchema>;

/**
 * `POST /delivery/events`
 * @public
 */
export const deliveryPushSchema = z.strictObject({
  events: z.array(deliveryEventSchema).min(1).max(MOST_PUSHED),
});

/**
 * What became of the events, in their order.
 * @public
 */
export const deliveryPushAnswerSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      entityRef: z.string(),
      outcome: z
        .enum(['stored', 'known'])
        .describe('known: the same event was there already.'),
    }),
  ),
});

/** @public */
export type DeliveryPushAnswer = z.output<typeof deliveryPushAnswerSchema>;
