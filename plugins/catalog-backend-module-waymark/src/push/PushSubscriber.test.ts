import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { DefaultEventsService } from '@backstage/plugin-events-node';
import { OrphanSweep } from './OrphanSweep';
import { PushSubscriber } from './PushSubscriber';

const repository = {
  name: 'mono',
  html_url: 'https://github.com/acme/mono',
  default_branch: 'main',
  owner: { login: 'acme' },
};

async function setUp() {
  const scmEvents = {
    publish: jest.fn(),
    subscribe: jest.fn(),
    markEventActionTaken: jest.fn(),
  };
  const scheduler = mockServices.scheduler.mock();
  const logger = mockServices.logger.mock();
  const events = DefaultEventsService.create({
    logger: mockServices.logger.mock(),
  });
  await PushSubscriber.create({
    events,
    scmEvents,
    scheduler,
    logger,
    orphans: OrphanSweep.create({ scheduler, logger }),
    sources: [
      {
        taskId: 'github-provider:monorepos:refresh',
        organization: 'acme',
        host: 'github.com',
        catalogPath: '**/catalog-info.yaml',
      },
    ],
  }).subscribe();
  return { events, scmEvents, scheduler, logger };
}

describe('PushSubscriber', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('removes what pushes have orphaned once, as soon as they are read', async () => {
    jest.useFakeTimers();
    const { events, scheduler, logger } = await setUp();
    scheduler.triggerTask.mockRejectedValue(new NotFoundError('kept'));
    const push = (file: string) =>
      events.publish({
        topic: 'github.push',
        eventPayload: {
          ref: 'refs/heads/main',
          repository,
          commits: [{ removed: [file] }],
        },
      });
    await push('README.md');
    await jest.advanceTimersByTimeAsync(5_000);
    expect(scheduler.triggerTask).not.toHaveBeenCalled();

    await push('a/catalog-info.yaml');
    await push('b/catalog-info.yaml');
    await jest.advanceTimersByTimeAsync(5_000);
    expect(scheduler.triggerTask.mock.calls).toEqual([
      ['catalog_orphan_cleanup'],
    ]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('asks for a refresh of the location that a push has changed', async () => {
    const { events, scmEvents } = await setUp();
    await events.publish({
      topic: 'github.push',
      eventPayload: {
        ref: 'refs/heads/main',
        repository,
        commits: [{ modified: ['a/catalog-info.yaml'] }],
      },
    });
    expect(scmEvents.publish).toHaveBeenCalledWith([
      {
        type: 'location.updated',
        url: 'https://github.com/acme/mono/blob/main/**/catalog-info.yaml',
      },
    ]);
  });

  it.each([
    ['a forced push', { forced: true, commits: [{ modified: ['README.md'] }] }],
    ['a deleted branch', { deleted: true, commits: [] }],
    ['a push without commits', { commits: [] }],
    ['commits without lists', { commits: [{ id: '1' }] }],
    [
      'more commits than GitHub lists',
      { commits: Array.from({ length: 2048 }, () => ({ modified: [] })) },
    ],
  ])('reads the whole repository anew after %s', async (_title, push) => {
    const { events, scmEvents, scheduler } = await setUp();
    await events.publish({
      topic: 'github.push',
      eventPayload: { ref: 'refs/heads/main', repository, ...push },
    });
    expect(scmEvents.publish.mock.calls).toEqual([
      [
        [
          {
            type: 'repository.updated',
            url: 'https://github.com/acme/mono',
          },
        ],
      ],
    ]);
    expect(scheduler.triggerTask.mock.calls).toEqual([
      ['github-provider:monorepos:refresh'],
    ]);

    await events.publish({
      topic: 'github.push',
      eventPayload: { ref: 'refs/heads/other', repository, ...push },
    });
    expect(scmEvents.publish).toHaveBeenCalledTimes(1);
  });

  it('reads the organisation anew when topics or the default branch change, and not for a description', async () => {
    const { events, scheduler } = await setUp();
    const edited = (changes: object) =>
      events.publish({
        topic: 'github.repository',
        eventPayload: { action: 'edited', repository, changes },
      });
    await edited({ description: { from: 'old' } });
    expect(scheduler.triggerTask).not.toHaveBeenCalled();

    scheduler.triggerTask.mockRejectedValueOnce(new ConflictError('running'));
    await edited({ topics: { from: [] } });
    await edited({ default_branch: { from: 'master' } });
    expect(scheduler.triggerTask.mock.calls).toEqual([
      ['github-provider:monorepos:refresh'],
      ['github-provider:monorepos:refresh'],
    ]);
  });

  it('survives what GitHub does not send, and says so', async () => {
    const { events, scmEvents, logger } = await setUp();
    await events.publish({
      topic: 'github.push',
      eventPayload: { ref: 7 },
    });
    expect(scmEvents.publish).not.toHaveBeenCalled();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(/github\.push.*ref/s),
    );
  });
});
