import { notFound, validationFailed } from '../errors';
import { ForgeState, WriteContext } from '../state/ForgeState';
import { MergeFactsReader } from './MergeFactsReader';
import { reasonsAgainstMerge } from './mergeRules';
import { PullEnds } from './PullEnds';
import { compareForPull, PullGitFacts } from './PullFacts';
import { branchName, pick, pullError } from './pullInput';
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
  readonly #ends: PullEnds;
  readonly #listeners: PullListener[] = [];

  constructor(options: {
    state: ForgeState;
    repositories: RepositoryService;
    mergeFacts: MergeFactsReader;
  }) {
    this.#state = options.state;
    this.#repositories = options.repositories;
    this.#mergeFacts = options.mergeFacts;
    this.#ends = new PullEnds(options);
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
        const ends = await this.#ends.of(repository, reader, pull);
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
    const ends = await this.#ends.of(repository, reader, record);
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
    const head = branchName(repository, body.head, 'head');
    const base = branchName(repository, body.base, 'base');
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
      throw pullError(
        `A pull request already exists for ${repository.owner.login}:${head}.`,
      );
    }
    const distance = await reader.aheadBehind(baseSha!, headSha!);
    if (distance.ahead === 0) {
      throw pullError(`No commits between ${base} and ${head}`);
    }
    if (!(await reader.mergeBase(baseSha!, headSha!))) {
      throw pullError(
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
    await this.#ends.setHead(repository, created.number, headSha!);
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
      throw pullError('The pull request is merged and cannot be reopened.');
    }
    if (body.base !== undefined) {
      const reader = await this.#repositories.reader(repository);
      const base = branchName(repository, body.base, 'base');
      if (!(await reader.resolve(`refs/heads/${base}`))) {
        throw validationFailed({
          resource: 'PullRequest',
          field: 'base',
          code: 'invalid',
        });
      }
    }
    if (body.state === 'closed' && before.pull.state === 'open') {
      await this.#ends.keep(repository, before.pull, {}, context);
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
    await this.#ends.keep(repository, pull, ends, context);
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

  /** See {@link PullEnds.setHead}. */
  async setHead(
    repository: RestRepository,
    number: number,
    sha: string,
  ): Promise<void> {
    await this.#ends.setHead(repository, number, sha);
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
