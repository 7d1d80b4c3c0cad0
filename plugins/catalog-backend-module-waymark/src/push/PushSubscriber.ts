import { LoggerService, SchedulerService } from '@backstage/backend-plugin-api';
import { isError, stringifyError, toError } from '@backstage/errors';
import { CatalogScmEventsService } from '@backstage/plugin-catalog-node/alpha';
import { EventParams, EventsService } from '@backstage/plugin-events-node';
import { z } from 'zod';
import { DiscoverySource } from './discoverySources';
import {
  changedFiles,
  pushSchema,
  PUSH_TOPIC,
  repositoryEventSchema,
  REPOSITORY_TOPIC,
} from './githubEvents';
import { OrphanSweep } from './OrphanSweep';
import { isOf, sourcesOf, wildcardLocations } from './wildcardLocations';

/** Changes of a repository that can make a provider find it which did not before, or find it at another branch. */
const DISCOVERY_CHANGES = ['topics', 'default_branch'];

/**
 * What Backstage's GitHub provider leaves out of the webhooks that it hears: pushes to what is read by a wildcard, pushes
 * that do not list their files, and repositories that a change of topics or of the default branch brings in.
 */
export class PushSubscriber {
  readonly #events: EventsService;
  readonly #scmEvents: CatalogScmEventsService;
  readonly #scheduler: SchedulerService;
  readonly #logger: LoggerService;
  readonly #sources: DiscoverySource[];
  readonly #orphans: OrphanSweep;

  static create(options: {
    events: EventsService;
    scmEvents: CatalogScmEventsService;
    scheduler: SchedulerService;
    logger: LoggerService;
    sources: DiscoverySource[];
    orphans: OrphanSweep;
  }): PushSubscriber {
    return new PushSubscriber(options);
  }

  private constructor(options: {
    events: EventsService;
    scmEvents: CatalogScmEventsService;
    scheduler: SchedulerService;
    logger: LoggerService;
    sources: DiscoverySource[];
    orphans: OrphanSweep;
  }) {
    this.#events = options.events;
    this.#scmEvents = options.scmEvents;
    this.#scheduler = options.scheduler;
    this.#logger = options.logger;
    this.#sources = options.sources;
    this.#orphans = options.orphans;
  }

  async subscribe(): Promise<void> {
    await this.#events.subscribe({
      id: 'waymark-push',
      topics: [PUSH_TOPIC, REPOSITORY_TOPIC],
      onEvent: async params => {
        try {
          await (params.topic === PUSH_TOPIC
            ? this.#onPush(params)
            : this.#onRepository(params));
        } catch (error) {
          this.#logger.warn(
            `Could not follow an event of topic ${params.topic}; the next scheduled read will`,
            toError(error),
          );
        }
      },
    });
  }

  async #onPush(params: EventParams): Promise<void> {
    const push = this.#parse(pushSchema, params);
    const sources = push ? sourcesOf(push, this.#sources) : [];
    if (!push || sources.length === 0) {
      return;
    }
    this.#orphans.soon();
    if (!changedFiles(push)) {
      // Everything known of it is read anew, and what is not known yet is found.
      const url = push.repository.html_url;
      await this.#scmEvents.publish([{ type: 'repository.updated', url }]);
      for (const { taskId } of sources) {
        await this.#readAnew(taskId);
      }
      return;
    }
    const urls = wildcardLocations(push, this.#sources);
    if (urls.length > 0) {
      await this.#scmEvents.publish(
        urls.map(url => ({ type: 'location.updated', url })),
      );
    }
  }

  async #onRepository(params: EventParams): Promise<void> {
    const event = this.#parse(repositoryEventSchema, params);
    if (
      event?.action !== 'edited' ||
      !DISCOVERY_CHANGES.some(change => change in event.changes)
    ) {
      return;
    }
    const { html_url: url, owner } = event.repository;
    for (const source of this.#sources) {
      if (isOf(source, { url, owner: owner.login })) {
        await this.#readAnew(source.taskId);
      }
    }
  }

  async #readAnew(taskId: string): Promise<void> {
    try {
      await this.#scheduler.triggerTask(taskId);
    } catch (error) {
      // It runs at this moment, or is due; either way it is about to see the change or will at its next turn.
      if (!isError(error) || error.name !== 'ConflictError') {
        // One source that cannot be read now must not keep the others waiting.
        this.#logger.error(
          `Could not read ${taskId} anew, it waits for its schedule: ${stringifyError(
            error,
          )}`,
        );
      }
    }
  }

  #parse<T>(schema: z.ZodType<T>, params: EventParams): T | undefined {
    const parsed = schema.safeParse(params.eventPayload);
    if (!parsed.success) {
      this.#logger.warn(
        `Ignored an event of topic ${
          params.topic
        } that is not what GitHub sends, ${z.prettifyError(parsed.error)}`,
      );
    }
    return parsed.data;
  }
}
