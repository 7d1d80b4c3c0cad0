import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { EventParams, EventsService } from '@backstage/plugin-events-node';
import {
  pushSchema,
  PUSH_TOPIC,
  renameSchema,
  repositoryEventSchema,
  REPOSITORY_TOPIC,
  transferSchema,
} from '../push/githubEvents';
import { RepositoryIds } from './RepositoryIds';
import { keyOf, RepositoryName } from './RepositoryName';

// The catalog needs a moment to follow a push, and longer when much was pushed.
const DELAYS_MS = [3_000, 10_000, 30_000];

/**
 * Looks again at what a repository describes, after a webhook has told that something about it changed: so deletions and
 * changes of hands need not wait for the pass over the whole catalog.
 */
export class RepositoryWatch {
  readonly #ids: RepositoryIds;
  readonly #reconcile: (repository: RepositoryName) => Promise<void>;
  readonly #logger: LoggerService;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #running: Promise<void> = Promise.resolve();

  static create(options: {
    ids: RepositoryIds;
    reconcile: (repository: RepositoryName) => Promise<void>;
    logger: LoggerService;
  }): RepositoryWatch {
    return new RepositoryWatch(options);
  }

  private constructor(options: {
    ids: RepositoryIds;
    reconcile: (repository: RepositoryName) => Promise<void>;
    logger: LoggerService;
  }) {
    this.#ids = options.ids;
    this.#reconcile = options.reconcile;
    this.#logger = options.logger;
  }

  async subscribe(events: EventsService): Promise<void> {
    await events.subscribe({
      id: 'waymark-repository-watch',
      topics: [PUSH_TOPIC, REPOSITORY_TOPIC],
      onEvent: async params => this.#onEvent(params),
    });
  }

  async stop(): Promise<void> {
    this.#timers.forEach(timer => clearTimeout(timer));
    await this.#running;
  }

  // What cannot be read is reported by the subscriber that has the catalog read anew.
  #onEvent({ topic, eventPayload }: EventParams): void {
    if (topic === PUSH_TOPIC) {
      const { data: push } = pushSchema.safeParse(eventPayload);
      if (push) {
        this.#heard(nameOf(push.repository), push.repository.id);
      }
      return;
    }
    const { data: event } = repositoryEventSchema.safeParse(eventPayload);
    if (!event) {
      return;
    }
    const now = nameOf(event.repository);
    const free = event.action === 'deleted';
    this.#heard(now, free ? undefined : event.repository.id);
    const before = previousName(event.changes, now);
    if (before) {
      this.#heard(before, undefined);
    }
  }

  #heard(repository: RepositoryName, id: number | undefined): void {
    this.#ids.heard(repository, id === undefined ? undefined : String(id));
    this.#look(repository, 0);
  }

  #look(repository: RepositoryName, index: number): void {
    const key = keyOf(repository);
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    const delay = DELAYS_MS[index];
    if (delay === undefined) {
      return;
    }
    const timer = setTimeout(() => {
      this.#look(repository, index + 1);
      this.#running = this.#running.then(() => this.#safely(repository));
    }, delay - (DELAYS_MS[index - 1] ?? 0));
    timer.unref();
    this.#timers.set(key, timer);
  }

  async #safely(repository: RepositoryName): Promise<void> {
    try {
      await this.#reconcile(repository);
    } catch (error) {
      this.#logger.warn(
        `Could not compare the snapshots with what ${repository.owner}/${repository.repository} describes; the next pass over the catalog will`,
        toError(error),
      );
    }
  }
}

function nameOf(repository: {
  name: string;
  html_url: string;
  owner: { login: string };
}): RepositoryName {
  return {
    host: new URL(repository.html_url).host,
    owner: repository.owner.login,
    repository: repository.name,
  };
}

function previousName(
  changes: Record<string, unknown>,
  now: RepositoryName,
): RepositoryName | undefined {
  const { data: renamed } = renameSchema.safeParse(changes);
  const { data: transferred } = transferSchema.safeParse(changes);
  if (renamed) {
    return { ...now, repository: renamed.repository.name.from };
  }
  const from = transferred?.owner.from;
  const owner = from?.organization?.login ?? from?.user?.login;
  return owner === undefined ? undefined : { ...now, owner };
}
