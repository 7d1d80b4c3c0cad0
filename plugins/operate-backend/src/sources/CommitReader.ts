import { CacheService } from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { RestEndpointMethodTypes } from '@octokit/rest';
import { Clock, GithubClients } from '@waymark/waymark-node';
import { EntitySource } from './EntitySource';

/** A commit as the card shows it. */
export type Commit = {
  sha: string;
  /** First line of the message. */
  message: string;
  authorName: string;
  /** Login at the forge, when the forge knows the author. */
  authorLogin: string | null;
  /** ISO 8601. */
  at: string;
  url: string;
};

interface CachedCommits {
  commits: Commit[];
  etag: string | null;
  checkedAt: number;
}

const FRESH_MILLIS = 5_000;
const KEEP_MILLIS = 60 * 60 * 1_000;
const TIMEOUT_MILLIS = 5_000;
const COUNT = 5;

/** Reads the last commits below an entity's folder, with the credentials of the GitHub integration. */
export class CommitReader {
  readonly #cache: CacheService;
  readonly #clock: Clock;
  readonly #clients: GithubClients;

  static create(options: {
    cache: CacheService;
    clock: Clock;
    integrations: ScmIntegrationRegistry;
  }): CommitReader {
    return new CommitReader(
      options.cache,
      options.clock,
      GithubClients.create(options),
    );
  }

  private constructor(
    cache: CacheService,
    clock: Clock,
    clients: GithubClients,
  ) {
    this.#cache = cache;
    this.#clock = clock;
    this.#clients = clients;
  }

  /**
   * The newest five commits that touch the entity's folder, newest first.
   *
   * @throws NotFoundError when the forge has no such repository or branch
   * @throws ServiceUnavailableError when the forge refuses or does not answer
   */
  async lastCommits(source: EntitySource): Promise<Commit[]> {
    const key = `commits:${source.url}`;
    const now = this.#clock.now().getTime();
    const cached = (await this.#cache.get(key)) as unknown as
      | CachedCommits
      | undefined;
    if (cached && Math.abs(now - cached.checkedAt) < FRESH_MILLIS) {
      return cached.commits;
    }
    const answer = await this.#fetch(source, cached);
    await this.#cache.set(
      key,
      { ...answer, checkedAt: now },
      { ttl: KEEP_MILLIS },
    );
    return answer.commits;
  }

  async #fetch(
    source: EntitySource,
    cached: CachedCommits | undefined,
  ): Promise<{ commits: Commit[]; etag: string | null }> {
    const octokit = await this.#clients.forUrl(source.url);
    if (!octokit) {
      throw new NotFoundError(
        `There is no GitHub integration for ${source.host}`,
      );
    }
    try {
      const { data, headers } = await octokit.rest.repos.listCommits({
        owner: source.owner,
        repo: source.repository,
        sha: source.ref,
        path: source.folder || undefined,
        per_page: COUNT,
        headers: cached?.etag ? { 'if-none-match': cached.etag } : {},
        request: { signal: AbortSignal.timeout(TIMEOUT_MILLIS) },
      });
      return {
        etag: headers.etag ?? null,
        commits: data.map(item => toCommit(item, source)),
      };
    } catch (error) {
      const status = (error as { status?: number }).status;
      if (cached && status === 304) {
        return cached;
      }
      throw toForgeError(status, source);
    }
  }
}

type CommitItem =
  RestEndpointMethodTypes['repos']['listCommits']['response']['data'][number];

function toCommit(item: CommitItem, source: EntitySource): Commit {
  const { author, committer, message } = item.commit;
  const date = author?.date ?? committer?.date;
  if (!date) {
    throw new Error(`Commit ${item.sha} has no date`);
  }
  return {
    sha: item.sha,
    message: message.split('\n', 1)[0],
    authorName: author?.name ?? item.author?.login ?? '',
    authorLogin: item.author?.login ?? null,
    at: new Date(date).toISOString(),
    // The forge's pages, not its API, whatever address the API gives.
    url: `${source.origin}/${source.owner}/${source.repository}/commit/${item.sha}`,
  };
}

function toForgeError(status: number | undefined, source: EntitySource) {
  const repository = `${source.owner}/${source.repository}`;
  if (status === 404 || status === 409) {
    return new NotFoundError(
      `${source.host} knows no branch "${source.ref}" of ${repository}`,
    );
  }
  return new ServiceUnavailableError(
    status === undefined
      ? `${source.host} did not answer`
      : `${source.host} answered ${status} when asked for the commits of ${repository}`,
  );
}
