import { readRefs, RefChange } from '../git/write/refs';
import { Team } from '../social/Access';
import { People } from '../social/People';
import { PullAction } from '../social/PullRequestService';
import { RepositoryAction } from '../social/repositoryChanges';
import { RepositoryService } from '../social/RepositoryService';
import { Json, RestPull, RestRepository } from '../social/types';
import { WriteContext } from '../state/ForgeState';
import { pushPayload } from './pushPayload';
import { WebhookDispatcher, WebhookEvent } from './WebhookDispatcher';

/** Turns what happens in the forge into GitHub's webhook events. */
export class ForgeEvents {
  readonly #dispatcher: WebhookDispatcher;
  readonly #people: People;
  readonly #repositories: RepositoryService;
  #quiet = false;

  constructor(options: {
    dispatcher: WebhookDispatcher;
    people: People;
    repositories: RepositoryService;
  }) {
    this.#dispatcher = options.dispatcher;
    this.#people = options.people;
    this.#repositories = options.repositories;
  }

  /** Sends nothing while `work` runs: a history that is being made is no news. */
  async silently<T>(work: () => Promise<T>): Promise<T> {
    this.#quiet = true;
    try {
      return await work();
    } finally {
      this.#quiet = false;
    }
  }

  async refsChanged(
    repository: RestRepository,
    changes: readonly RefChange[],
    context: WriteContext,
  ): Promise<void> {
    if (this.#quiet) {
      return;
    }
    const gitDir = this.#repositories.directory(repository);
    const refs = await readRefs(gitDir);
    const sender = await this.#people.brief(context.actor);
    const email = await this.#people.emailOf(context.actor);
    for (const change of changes) {
      const others = new Map(
        [...refs].filter(
          ([ref]) => ref.startsWith('refs/heads/') && ref !== change.ref,
        ),
      );
      const payload = await pushPayload({
        gitDir,
        change,
        others,
        repository,
        sender,
        email,
        loginOf: address => this.#people.loginOf(address),
      });
      this.#send('push', payload, repository);
    }
  }

  async repositoryChanged(
    action: RepositoryAction,
    repository: RestRepository,
    context: WriteContext,
    changes?: Json,
  ): Promise<void> {
    if (this.#quiet) {
      return;
    }
    this.#send(
      'repository',
      {
        action,
        ...(changes ? { changes } : {}),
        ...(await this.#common(repository, context)),
      },
      repository,
    );
  }

  async pullChanged(
    action: PullAction,
    repository: RestRepository,
    pull: RestPull,
    context: WriteContext,
    extra: Json = {},
  ): Promise<void> {
    if (this.#quiet) {
      return;
    }
    this.#send(
      'pull_request',
      {
        action,
        number: pull.number,
        pull_request: pull,
        ...extra,
        ...(await this.#common(repository, context)),
      },
      repository,
    );
  }

  /** Any other event of a repository (`issues`, `pull_request_review`, …). */
  async inRepository(
    event: string,
    repository: RestRepository,
    payload: Json,
    context: WriteContext,
  ): Promise<void> {
    if (this.#quiet) {
      return;
    }
    this.#send(
      event,
      { ...payload, ...(await this.#common(repository, context)) },
      repository,
    );
  }

  /** An event of an organisation: `team`, `membership`, `organization`. */
  async inOrganization(
    event: string,
    organization: Json,
    payload: Json,
    context: WriteContext,
  ): Promise<void> {
    if (this.#quiet) {
      return;
    }
    this.#dispatch({
      event,
      organization: organization.login,
      payload: {
        ...payload,
        organization,
        sender: await this.#people.brief(context.actor),
      },
    });
  }

  async #common(
    repository: RestRepository,
    context: WriteContext,
  ): Promise<Json> {
    return {
      repository,
      ...(repository.owner.type === 'Organization'
        ? { organization: repository.owner }
        : {}),
      sender: await this.#people.brief(context.actor),
    };
  }

  #send(event: string, payload: Json, repository: RestRepository): void {
    this.#dispatch({
      event,
      payload,
      repository: repository.full_name,
      organization:
        repository.owner.type === 'Organization'
          ? repository.owner.login
          : undefined,
    });
  }

  #dispatch(event: WebhookEvent): void {
    this.#dispatcher.dispatch(event);
  }
}

/** A team as webhook payloads show it: with its parent's slug. */
export function teamPayload(team: Team, parent: Team | undefined): Json {
  const { parent: _slug, ...rest } = team;
  return { ...rest, parent: parent ?? null };
}
