import { LoggerService } from '@backstage/backend-plugin-api';
import { isError, stringifyError } from '@backstage/errors';
import { chunks, Clock, GithubClients } from '@waymark/waymark-node';
import { keyOf, RepositoryName } from './RepositoryName';

const TIMEOUT_MILLIS = 5_000;
const AT_ONCE = 8;
const MINUTE = 60_000;
// A host that does not answer is left alone for this long, so that an outage never slows the catalog down.
const PAUSE_MILLIS = MINUTE;
// What GitHub says is asked again after this long; webhooks tell of most changes long before.
const KEEP_MILLIS = 6 * 60 * MINUTE;
const RECENT_MILLIS = MINUTE;
const ABSENT_MILLIS = 5 * MINUTE;

interface Answer {
  /** Absent where the host knows no such repository, or does not show it. */
  id?: string;
  at: number;
}

/** The ids of repositories, as far as they are known. */
export interface KnownRepositoryIds {
  of(repository: RepositoryName): string | undefined;
}

/**
 * Asks the forge for the id of a repository, which outlives every rename.
 *
 * @remarks
 *
 * Never fails: an id that cannot be had now is unknown, and will be asked for again. Answers are kept for six hours, and
 * dropped when a webhook tells of another id under the same name.
 */
export class RepositoryIds {
  readonly #clients: GithubClients;
  readonly #clock: Clock;
  readonly #logger: LoggerService;
  readonly #answers = new Map<string, Answer>();
  readonly #pausedUntil = new Map<string, number>();

  static create(options: {
    clients: GithubClients;
    clock: Clock;
    logger: LoggerService;
  }): RepositoryIds {
    return new RepositoryIds(options.clients, options.clock, options.logger);
  }

  private constructor(
    clients: GithubClients,
    clock: Clock,
    logger: LoggerService,
  ) {
    this.#clients = clients;
    this.#clock = clock;
    this.#logger = logger;
  }

  /**
   * @param wanted - each repository, and whether its answer must be of the last minute, because something new has
   * appeared under its name
   */
  async lookUp(
    wanted: Iterable<{ repository: RepositoryName; recent: boolean }>,
  ): Promise<KnownRepositoryIds> {
    const questions = new Map<
      string,
      { repository: RepositoryName; recent: boolean }
    >();
    for (const { repository, recent } of wanted) {
      const key = keyOf(repository);
      const asked = questions.get(key) ?? { repository, recent };
      questions.set(key, { ...asked, recent: asked.recent || recent });
    }
    const known = new Map<string, string | undefined>();
    for (const some of chunks([...questions], AT_ONCE)) {
      await Promise.all(
        some.map(async ([key, { repository, recent }]) => {
          known.set(key, await this.#idOf(key, repository, recent));
        }),
      );
    }
    return { of: repository => known.get(keyOf(repository)) };
  }

  /** Takes note of the id that a webhook gives, or of a name that has become free. */
  heard(repository: RepositoryName, id: string | undefined): void {
    const key = keyOf(repository);
    // Not believed, since webhooks may be late: it only makes us ask.
    if (this.#answers.get(key)?.id !== id) {
      this.#answers.delete(key);
    }
  }

  async #idOf(
    key: string,
    repository: RepositoryName,
    recent: boolean,
  ): Promise<string | undefined> {
    const now = this.#clock.now().getTime();
    const answer = this.#answers.get(key);
    if (answer && now - answer.at < lifetime(answer, recent)) {
      return answer.id;
    }
    if (now < (this.#pausedUntil.get(repository.host) ?? 0)) {
      return undefined;
    }
    try {
      const id = await this.#ask(repository);
      this.#answers.set(key, { id, at: now });
      return id;
    } catch (error) {
      this.#pausedUntil.set(repository.host, now + PAUSE_MILLIS);
      this.#logger.warn(
        `Could not ask ${repository.host} for the id of ${repository.owner}/${
          repository.repository
        }; whether entities keep their identity is decided later: ${stringifyError(
          error,
        )}`,
      );
      return undefined;
    }
  }

  async #ask({
    host,
    owner,
    repository,
  }: RepositoryName): Promise<string | undefined> {
    const client = await this.#clients.forUrl(
      `https://${host}/${owner}/${repository}`,
    );
    try {
      const answer = await client?.rest.repos.get({
        owner,
        repo: repository,
        request: { signal: AbortSignal.timeout(TIMEOUT_MILLIS) },
      });
      return answer && String(answer.data.id);
    } catch (error) {
      if (isError(error) && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }
}

function lifetime(answer: Answer, recent: boolean): number {
  if (recent) {
    return RECENT_MILLIS;
  }
  return answer.id === undefined ? ABSENT_MILLIS : KEEP_MILLIS;
}
