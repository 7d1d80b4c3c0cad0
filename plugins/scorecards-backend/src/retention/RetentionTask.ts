import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { Retention } from './Retention';

/** Lets go of what is old once a day, on one replica. */
export class RetentionTask {
  readonly #scheduler: SchedulerService;
  readonly #retention: Retention;
  readonly #logger: LoggerService;

  static create(options: {
    scheduler: SchedulerService;
    retention: Retention;
    logger: LoggerService;
  }): RetentionTask {
    return new RetentionTask(
      options.scheduler,
      options.retention,
      options.logger,
    );
  }

  private constructor(
    scheduler: SchedulerService,
    retention: Retention,
    logger: LoggerService,
  ) {
    this.#scheduler = scheduler;
    this.#retention = retention;
    this.#logger = logger;
  }

  async start(): Promise<void> {
    await this.#scheduler.scheduleTask({
      id: 'waymark-purge-facts',
      frequency: { days: 1 },
      initialDelay: { minutes: 5 },
      timeout: { hours: 2 },
      scope: 'global',
      fn: async signal => {
        const purged = await this.#retention.purge(signal);
        this.#logger.info('Purged what is older than its retention', {
          ...purged,
        });
      },
    });
  }

  /** The scheduler ends its tasks with the portal. */
  async stop(): Promise<void> {}
}
