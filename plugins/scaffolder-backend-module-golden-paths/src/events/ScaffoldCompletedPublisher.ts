import { setTimeout as sleep } from 'node:timers/promises';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { EventParams, EventsService } from '@backstage/plugin-events-node';
import { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import { ScaffolderService } from '@backstage/plugin-scaffolder-node';
import {
  SCAFFOLD_COMPLETED_TOPIC,
  scaffoldCompletedSchema,
} from '@waymark/golden-paths-common';
import { Clock } from '@waymark/waymark-node';
import { z } from 'zod';
import { scaffoldCompleted } from './scaffoldCompleted';

const TASK_TOPIC = 'scaffolder.task';

/** What we read of the scaffolder's own events. */
const taskEventSchema = z.object({
  // That somebody asked to cancel has the number of a row as its id; that the run was cancelled is told later.
  id: z.uuid(),
  status: z.enum(['completed', 'failed', 'cancelled']),
  state: z.unknown(),
});
type TaskEvent = z.infer<typeof taskEventSchema>;

/** The scaffolder publishes from inside the transaction that ends the run; this long it may take to commit. */
const COMMIT_ATTEMPTS = 20;
const COMMIT_PAUSE_MILLIS = 100;

/** Turns the end of a run into {@link SCAFFOLD_COMPLETED_TOPIC}, once it is certain. */
export class ScaffoldCompletedPublisher {
  readonly #auth: AuthService;
  readonly #clock: Clock;
  readonly #events: EventsService;
  readonly #logger: LoggerService;
  readonly #scaffolder: ScaffolderService;

  static create(options: {
    auth: AuthService;
    clock: Clock;
    events: EventsService;
    logger: LoggerService;
    scaffolder: ScaffolderService;
  }): ScaffoldCompletedPublisher {
    return new ScaffoldCompletedPublisher(options);
  }

  private constructor(options: {
    auth: AuthService;
    clock: Clock;
    events: EventsService;
    logger: LoggerService;
    scaffolder: ScaffolderService;
  }) {
    this.#auth = options.auth;
    this.#clock = options.clock;
    this.#events = options.events;
    this.#logger = options.logger;
    this.#scaffolder = options.scaffolder;
  }

  async subscribe(): Promise<void> {
    await this.#events.subscribe({
      id: 'golden-paths-scaffold-completed',
      topics: [TASK_TOPIC],
      onEvent: params => this.#onEvent(params),
    });
  }

  async #onEvent(params: EventParams): Promise<void> {
    const parsed = taskEventSchema.safeParse(params.eventPayload);
    if (!parsed.success) {
      // A run that began, was claimed or recovered.
      return;
    }
    const completedAt = this.#clock.now();
    try {
      const task = await this.#ended(parsed.data);
      if (!task) {
        return;
      }
      await this.#events.publish({
        topic: SCAFFOLD_COMPLETED_TOPIC,
        eventPayload: scaffoldCompletedSchema.parse(
          scaffoldCompleted({ ...parsed.data, task, completedAt }),
        ),
      });
    } catch (error) {
      this.#logger.warn(
        `Could not tell that run ${parsed.data.id} has ended`,
        toError(error),
      );
    }
  }

  /** The run as stored; undefined when its end was rolled back. */
  async #ended(event: TaskEvent): Promise<ScaffolderTask | undefined> {
    for (let attempt = 1; attempt <= COMMIT_ATTEMPTS; attempt++) {
      const task = await this.#scaffolder.getTask(
        { taskId: event.id },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      if (task.status === event.status) {
        return task;
      }
      await sleep(COMMIT_PAUSE_MILLIS);
    }
    return undefined;
  }
}
