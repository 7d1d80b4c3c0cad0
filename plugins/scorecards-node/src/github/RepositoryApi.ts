import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { Octokit } from '@octokit/rest';
import { RepositoryName } from '@waymark/waymark-common';
import { GithubClients } from '@waymark/waymark-node';
import { CollectContext, CollectedEntity } from '../collectors';
import { HostGate } from '../hosts/HostGate';
import { RateLimitedError } from '../hosts/RateLimitedError';
import { RefusedError } from './RefusedError';

const TIMEOUT_MILLIS = 20_000;

/** Why GitHub refuses, in words that help whoever has to mend it. */
const REASONS: Record<number, string> = {
  401: 'its token is wrong or has expired',
  403: 'its token may not read it',
  404: 'it is not there, or its token may not see it',
  409: 'the repository is empty',
};

/**
 * What every request about a repository needs: give it on to the methods of Octokit.
 * @public
 */
export interface RepositoryRequest {
  owner: string;
  repo: string;
  headers: Record<string, string>;
  request: { signal: AbortSignal };
}

/**
 * An answer that was asked for with the ETag of the one before.
 * @public
 */
export interface ConditionalAnswer<T> {
  data: T;
  /** To be given the next time; undefined when the host sends none. */
  etag?: string;
}

/**
 * Requests to GitHub's API about one repository, with the credentials of the configured integration.
 * @public
 */
export class RepositoryApi {
  readonly repository: RepositoryName;
  readonly #octokit: Octokit;
  readonly #hosts: HostGate;
  readonly #signal: AbortSignal;

  /**
   * For the repository that the entities of a call belong to.
   *
   * @throws NotFoundError when there is no GitHub integration for the host
   * @throws ServiceUnavailableError when its credentials cannot be had
   */
  static async open(
    clients: GithubClients,
    context: Pick<CollectContext, 'entities' | 'hosts' | 'signal'>,
  ): Promise<RepositoryApi> {
    const source = context.entities[0]?.source;
    if (!source) {
      throw new InputError('The entity comes from no repository');
    }
    const { host, owner, repository: name } = source;
    let octokit: Octokit | undefined;
    try {
      octokit = await clients.forUrl(`https://${host}/${owner}/${name}`);
    } catch (error) {
      context.signal.throwIfAborted();
      throw new ServiceUnavailableError(
        `There are no credentials for ${host}/${owner}/${name}`,
        error,
      );
    }
    if (!octokit) {
      throw new NotFoundError(`There is no GitHub integration for ${host}`);
    }
    return new RepositoryApi(octokit, {
      ...context,
      repository: { host, owner, repository: name },
    });
  }

  private constructor(
    octokit: Octokit,
    options: {
      hosts: HostGate;
      signal: AbortSignal;
      repository: RepositoryName;
    },
  ) {
    this.#octokit = octokit;
    this.#hosts = options.hosts;
    this.#signal = options.signal;
    this.repository = options.repository;
  }

  /**
   * @param what - that is asked for, as messages name it: `the last commit`
   * @throws RateLimitedError when the host wants to be left alone
   * @throws RefusedError when it refuses or does not answer, with the reason
   */
  async ask<T>(
    what: string,
    send: (octokit: Octokit, request: RepositoryRequest) => Promise<T>,
  ): Promise<T> {
    // Without expected refusals there is an answer or an error.
    return (await this.#send(what, {}, send)) as T;
  }

  /**
   * Asks for something that may well be absent.
   *
   * @returns undefined when the host answers that there is none
   */
  async find<T>(
    what: string,
    send: (octokit: Octokit, request: RepositoryRequest) => Promise<T>,
  ): Promise<T | undefined> {
    return this.#send(what, {}, send, [404]);
  }

  /** @returns undefined when nothing has changed since the answer of that ETag */
  async askAgain<T>(
    what: string,
    etag: string | undefined,
    send: (
      octokit: Octokit,
      request: RepositoryRequest,
    ) => Promise<{ data: T; headers: { etag?: string } }>,
  ): Promise<ConditionalAnswer<T> | undefined> {
    const headers: Record<string, string> = etag
      ? { 'if-none-match': etag }
      : {};
    const answer = await this.#send(what, headers, send, [304]);
    return answer && { data: answer.data, etag: answer.headers.etag };
  }

  /**
   * Another repository may have taken the name since the entity was described.
   *
   * @param id - of the repository that has the name now
   * @throws NotFoundError when it is not the one that describes the entity
   */
  requireSame(entity: Pick<CollectedEntity, 'source'>, id: string): void {
    const expected = entity.source?.repositoryId;
    if (expected !== undefined && id !== expected) {
      const { host, owner, repository } = this.repository;
      throw new NotFoundError(
        `${host}/${owner}/${repository} is another repository now than the one that describes the entity`,
      );
    }
  }

  async #send<T>(
    what: string,
    headers: Record<string, string>,
    send: (octokit: Octokit, request: RepositoryRequest) => Promise<T>,
    expected: number[] = [],
  ): Promise<T | undefined> {
    const { host, owner, repository: repo } = this.repository;
    const signal = this.#signal;
    try {
      return await this.#hosts.run(
        host,
        () =>
          send(this.#octokit, {
            owner,
            repo,
            headers,
            request: {
              signal: AbortSignal.any([
                signal,
                AbortSignal.timeout(TIMEOUT_MILLIS),
              ]),
            },
          }),
        signal,
      );
    } catch (error) {
      signal.throwIfAborted();
      const status = statusOf(error);
      if (error instanceof RateLimitedError) {
        throw error;
      }
      if (status !== undefined && expected.includes(status)) {
        return undefined;
      }
      const known = status === undefined ? undefined : REASONS[status];
      throw new RefusedError({
        question: `${host} does not tell ${what} of ${owner}/${repo}`,
        status,
        reason:
          status === undefined
            ? 'no answer'
            : [status, known].filter(Boolean).join(', '),
        hostMessage: String((error as Error)?.message),
      });
    }
  }
}

/** The status that the host has answered with; undefined when it has not answered at all. */
function statusOf(error: unknown): number | undefined {
  const { status, response } = (error ?? {}) as {
    status?: unknown;
    response?: unknown;
  };
  // Octokit gives 500 to what was never answered.
  return typeof status === 'number' && (response || status !== 500)
    ? status
    : undefined;
}
