import { mockServices } from '@backstage/backend-test-utils';
import {
  DefaultEventsService,
  EventParams,
} from '@backstage/plugin-events-node';
import {
  SCAFFOLD_COMPLETED_TOPIC,
  scaffoldCompletedSchema,
} from '@waymark/golden-paths-common';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { ScaffoldCompletedPublisher } from './ScaffoldCompletedPublisher';

const RUN = '6c1c7b54-6b1c-4b6f-9a55-0c7f2f6f3a10';

/** The publisher between the events service and a scaffolder that knows one run. */
async function setUp(status: string) {
  const logger = mockServices.logger.mock();
  const events = DefaultEventsService.create({
    logger: mockServices.logger.mock(),
  });
  const published: EventParams[] = [];
  await events.subscribe({
    id: 'test',
    topics: [SCAFFOLD_COMPLETED_TOPIC],
    onEvent: async event => void published.push(event),
  });
  const getTask = jest.fn(async ({ taskId }: { taskId: string }) => {
    if (taskId !== RUN) {
      throw new Error(`There is no run ${taskId}`);
    }
    return {
      id: RUN,
      status,
      createdAt: '2026-11-22T09:59:50.000Z',
      spec: { steps: [] },
    };
  });
  await ScaffoldCompletedPublisher.create({
    auth: mockServices.auth(),
    clock: ManualClock.at('2026-11-22T10:00:00Z'),
    events,
    logger,
    scaffolder: { getTask } as never,
  }).subscribe();
  return {
    logger,
    published,
    publish: (eventPayload: object) =>
      events.publish({ topic: 'scaffolder.task', eventPayload }),
  };
}

describe('the end of a run', () => {
  it.each(['completed', 'failed', 'cancelled'])(
    'is published when it is stored as %s',
    async status => {
      const { published, publish } = await setUp(status);
      await publish({ id: RUN, status, state: {} });
      expect(published).toHaveLength(1);
      expect(
        scaffoldCompletedSchema.parse(published[0].eventPayload),
      ).toMatchObject({ id: RUN, outcome: status, durationSeconds: 10 });
    },
  );

  it('is not taken for what the scaffolder says of its beginning, or of the wish to cancel it', async () => {
    const { logger, published, publish } = await setUp('processing');
    await publish({ id: RUN, status: 'open', spec: {} });
    await publish({ id: RUN, status: 'processing' });
    // PostgreSQL gives the numbers of rows as texts.
    await publish({ id: '57', taskId: RUN, status: 'cancelled', body: {} });
    await publish({ id: 57, taskId: RUN, status: 'cancelled', body: {} });
    expect(published).toEqual([]);
    expect(logger.warn).not.toHaveBeenCalled();
  });
});
