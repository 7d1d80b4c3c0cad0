import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';

/** The catalog's own task, which otherwise runs every 30 seconds. */
const TASK_ID = 'catalog_orphan_cleanup';

/** Long enough for the pushed files to be read and processed; if it was not, the task's own turn comes. */
const DELAY_MILLIS = 2_000;

/**
 * Brings the removal of orphans forward after a push, so that what was deleted or renamed in Git does not stay for half
 * a minute. One removal serves all pushes of the last two seconds.
 */
export class OrphanSweep {
  readonly #scheduler: SchedulerService;
  readonly #logger: LoggerService;
  #timer: NodeJS.Timeout | undefined;

  static create(options: {
    scheduler: SchedulerService;
    logger: LoggerService;
  }): OrphanSweep {
    return new OrphanSweep(options);
  }

  private constructor(options: {
    scheduler: SchedulerService;
    logger: LoggerService;
  }) {
    this.#scheduler = options.scheduler;
    this.#logger = options.logger;
  }

  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#sweep(), DELAY_MILLIS);
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #sweep(): Promise<void> {
    try {
      await this.#scheduler.triggerTask(TASK_ID);
    } catch (error) {
      // Running already, or absent because orphans are to be kept (catalog.orphanStrategy).
      const expected =
        isError(error) &&
        ['ConflictError', 'NotFoundError'].includes(error.name);
      if (!expected) {
        this.#logger.warn(
          'Could not bring the removal of orphans forward',
          toError(error),
        );
      }
    }
  }
}
