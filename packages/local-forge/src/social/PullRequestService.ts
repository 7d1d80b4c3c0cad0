import { GitHubApiError, notFound, validationFailed } from '../errors';
import { GitReader } from '../git/read';
import { moveRef, NO_OBJECT } from '../git/write/refs';
import { ForgeState, WriteContext } from '../state/ForgeState';
import { MergeFactsReader } from './MergeFactsReader';
import { reasonsAgainstMerge } from './mergeRules';
import { compareForPull, PullGitFacts } from './PullFacts';
import {
  asListItem,
  mergeableState,
  PullRecord,
  withEnds,
} from './pullOverlay';
import { RepositoryService } from './RepositoryService';
import { Json, RestPull, RestRepository } from './types';

/** The actions of GitHub's `pull_request` event that happen here. */
export type PullAction =
  | 'opened'
  | 'closed'
  | 'reopened'
  | 'edited'
  | 'synchronize'
  | 'review_requested'
  | 'ready_for_review';

/** Told about every change of a pull request. */
export type PullListener = (
  action: PullAction,
  repository: RestRepository,
  pull: RestPull,
  context: WriteContext,
  extra?: Json,
) => Promise<void>;

/** A pull request with what Git and the rules say about it. */
export interface PullDetails {
  pull: RestPull;
  facts?: PullGitFacts;
  blockedBy: string[];
}

/** Pull requests: the emulator's record with Git's facts laid over it. */
export class PullRequestService {
  readonly #state: ForgeState;
  readonly #repositories: RepositoryService;
  readonly #mergeFacts: MergeFactsReader;
  readonly #listeners: PullListener[] = [];

  constructor(options: {
    state: ForgeState;
    repositories: RepositoryService;
    mergeFacts: MergeFactsReader;
  }) {
    this.#state = options.state;
    this.#repositories = options.repositories;
    this.#mergeFacts = options.mergeFacts;
  }

  onChange(listener: PullListener): void {
    this.#listeners.push(listener);
  }

  /** Pull requests as the emulator sorts and filters them, with true SHAs. */
  async overlayList(
    repository: RestRepository,
    pulls: RestPull[],
  ): Promise<RestPull[]> {
    const reader = await this.#repositories.reader(repository);
    return await Promise.all(
      pulls.map(async pull => {
        const ends = await this.#ends(repository, reader, pull);
        return asListItem(withEnds(repository, pull, ends));
      }),
    );
  }

  async listOpen(repository: RestRepository): Promise<RestPull[]> {
    return await this.#state.readAll<RestPull>(
      `/repos/${repository.full_name}/pulls?state=open`,
    );
  }

  /** @throws GitHubApiError 404 when there is no such pull request. */
  async get(repository: RestRepository, number: number): Promise<PullDetails> {
    const record = await this.#state.find<RestPull>(
      `/repos/${repository.full_name}/pulls/${number}`,
    );
    if (!record) {
      throw notFound();
    }
    const reader = await this.#repositories.reader(repository);
    const ends = await this.#ends(repository, reader, record);
    const pull = withEnds(repository, record, ends);
    const facts =
      ends.headSha && ends.baseSha
        ? await compareForPull(reader, ends.baseSha, ends.headSha)
        : undefined;
    const open = pull.state === 'open';
    const blockedBy = reasonsAgainstMerge(
      await this.#mergeFacts.read(repository, reader, pull, facts),
    );
    const files = facts?.files ?? [];
    return {
      facts,
      blockedBy,
      pull: {
        ...pull,
        commits: facts?.commits ?? 0,
        additions: files.reduce((sum, file) => sum + file.additions, 0),
        deletions: files.reduce((sum, file) => sum + file.deletions, 0),
        changed_files: files.length,
        mergeable: open ? facts?.clean ?? false : null,
        rebaseable: open ? facts?.clean ?? false : null,
        mergeable_state: mergeableState(pull, facts, blockedBy),
      },
    };
  }

  async create(
    repository: RestRepository,
    body: Json,
    context: WriteContext,
  ): Promise<RestPull> {
    const head = this.#branchName(repository, body.head, 'head');
    const base = this.#branchName(repository, body.base, 'base');
    const reader = await this.#repositories.reader(repository);
    const headSha = await reader.resolve(`refs/heads/${head}`);
    const baseSha = await reader.resolve(`refs/heads/${base}`);
    for (const [field, sha] of [
      ['head', headSha],
      ['base', baseSha],
    ] as const) {
      if (!sha) {
        throw validationFailed({
          resource: 'PullRequest',
          field,
          code: 'invalid',
        });
      }
    }
    if (typeof body.title !== 'string' || !body.title.trim()) {
      throw validationFailed({
        resource: 'PullRequest',
        field: 'title',
        code: 'missing_field',
      });
    }
    const open = await this.listOpen(repository);
    if (open.some(pull => pull.head.ref === head && pull.base.ref === base)) {
      throw customError(
        `A pull request already exists for ${repository.owner.login}:${head}.`,
      );
    }
    const distance = await reader.aheadBehind(baseSha!, headSha!);
    if (distance.ahead === 0) {
      throw customError(`No commits between ${base} and ${head}`);
    }
    if (!(await reader.mergeBase(baseSha!, headSha!))) {
      throw customError(
        `The ${head} branch has no history in common with ${base}`,
      );
    }
    const created = await this.#state.write<RestPull>(
      {
        method: 'POST',
        path: `/repos/${repository.full_name}/pulls`,
        body: {
          title: body.title,
          body: body.body ?? null,
          head,
          base,
          draft: body.draft === true,
        },
      },
      context,
    );
    await this.setHead(repository, created.number, headSha!);
    const { pull } = await this.get(repository, created.number);
    await this.#tell('opened', repository, pull, context);
    return pull;
  }

  async update(
    repository: RestRepository,
    number: number,
    body: Json,
    context: WriteContext,
  ): Promise<RestPull> {
    const before = await this.get(repository, number);
    if (body.state === 'open' && before.pull.merged) {
      throw customError('The pull request is merged and cannot be reopened.');
    }
    if (body.base !== undefined) {
      const reader = await this.#repositories.reader(repository);
      const base = this.#branchName(repository, body.base, 'base');
      if (!(await reader.resolve(`refs/heads/${base}`))) {
        throw validationFailed({
          resource: 'PullRequest',
          field: 'base',
          code: 'invalid',
        });
      }
    }
    if (body.state === 'closed' && before.pull.state === 'open') {
      await this.#keepEnds(repository, before.pull, {}, context);
    }
    await this.#state.write(
      {
        method: 'PATCH',
        path: `/repos/${repository.full_name}/pulls/${number}`,
        body: pick(body, ['title', 'body', 'state', 'base', 'draft']),
      },
      context,
    );
    const { pull } = await this.get(repository, number);
    let action: PullAction = 'edited';
    if (pull.state !== before.pull.state) {
      action = pull.state === 'closed' ? 'closed' : 'reopened';
    }
    await this.#tell(action, repository, pull, context);
    return pull;
  }

  /**
   * Writes down that a pull request is merged; its commits are in the base
   * already. {@link PullRequestService.announce} tells of it.
   */
  async recordMerge(
    repository: RestRepository,
    pull: RestPull,
    ends: Required<PullRecord>,
    context: WriteContext,
  ): Promise<void> {
    await this.#keepEnds(repository, pull, ends, context);
    await this.#state.write(
      {
        method: 'PUT',
        path: `/repos/${repository.full_name}/pulls/${pull.number}/merge`,
        body: { merge_method: 'merge' },
      },
      context,
    );
  }

  /** Tells the listeners about a change that came through another route. */
  async announce(
    action: PullAction,
    repository: RestRepository,
    number: number,
    context: WriteContext,
    extra?: Json,
  ): Promise<void> {
    const { pull } = await this.get(repository, number);
    await this.#tell(action, repository, pull, context, extra);
  }

  async #ends(
    repository: RestRepository,
    reader: GitReader,
    pull: RestPull,
  ): Promise<PullRecord> {
    const kept =
      this.#state.get<PullRecord>(
        'pulls',
        `${repository.full_name}#${pull.number}`,
      ) ?? {};
    if (pull.state === 'closed' && kept.headSha) {
      return kept;
    }
    return {
      headSha:
        (await reader.resolve(`refs/pull/${pull.number}/head`)) ??
        (await reader.resolve(`refs/heads/${pull.head.ref}`)),
      baseSha: await reader.resolve(`refs/heads/${pull.base.ref}`),
    };
  }

  async #keepEnds(
    repository: RestRepository,
    pull: RestPull,
    ends: PullRecord,
    context: WriteContext,
  ): Promise<void> {
    await this.#state.put(
      'pulls',
      `${repository.full_name}#${pull.number}`,
      { headSha: pull.head.sha, baseSha: pull.base.sha, ...ends },
      context,
    );
  }

  /** Points `refs/pull/<number>/head` at the head of a pull request. */
  async setHead(
    repository: RestRepository,
    number: number,
    sha: string,
  ): Promise<void> {
    const gitDir = this.#repositories.directory(repository);
    const reader = await this.#repositories.reader(repository);
    const ref = `refs/pull/${number}/head`;
    await moveRef(gitDir, {
      ref,
      before: (await reader.resolve(ref)) ?? NO_OBJECT,
      after: sha,
    });
  }

  #branchName(
    repository: RestRepository,
    value: unknown,
    field: 'head' | 'base',
  ): string {
    if (typeof value !== 'string' || !value) {
      throw validationFailed({
        resource: 'PullRequest',
        field,
        code: 'missing_field',
      });
    }
    const colon = value.indexOf(':');
    if (colon < 0) {
      return value;
    }
    if (value.slice(0, colon) !== repository.owner.login) {
      throw new GitHubApiError(
        422,
        'Pull requests from forks are not supported by the local forge',
      );
    }
    return value.slice(colon + 1);
  }

  async #tell(
    action: PullAction,
    repository: RestRepository,
    pull: RestPull,
    context: WriteContext,
    extra?: Json,
  ): Promise<void> {
    for (const listener of this.#listeners) {
      await listener(action, repository, pull, context, extra);
    }
  }
}

function customError(message: string): GitHubApiError {
  return new GitHubApiError(422, 'Validation Failed', [
    { resource: 'PullRequest', field: 'base', code: 'custom', message },
  ]);
}

function pick(body: Json, fields: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(body).filter(([key]) => fields.includes(key)),
  );
}
