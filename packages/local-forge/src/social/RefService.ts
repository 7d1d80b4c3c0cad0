import { stringifyError } from '@backstage/errors';
import { GitHubApiError } from '../errors';
import { MoveKind, moveKindOf, RefusedMove } from '../git/write/moves';
import { compareRefs, moveRef, readRefs, RefChange } from '../git/write/refs';
import { ForgeState, WriteContext } from '../state/ForgeState';
import { Access } from './Access';
import { refusedMoves } from './branchRules';
import { BranchProtection } from './protection';
import { RepositoryService } from './RepositoryService';
import { RestRepository } from './types';

/** Told about every accepted change of a branch or tag, after it happened. */
export type RefListener = (
  repository: RestRepository,
  changes: readonly RefChange[],
  context: WriteContext,
) => Promise<void>;

/** See {@link RefService.move}. */
export interface MoveOptions {
  bypassProtection?: boolean;
  record?(): Promise<void>;
}

/**
 * The one way by which branches and tags move, however the request came in:
 * one writer per repository, protection asked, listeners told.
 */
export class RefService {
  readonly #state: ForgeState;
  readonly #repositories: RepositoryService;
  readonly #access: Access;
  readonly #bot: string;
  readonly #log: (line: string) => void;
  readonly #listeners: RefListener[] = [];
  readonly #locks = new Map<number, Promise<unknown>>();

  constructor(options: {
    state: ForgeState;
    repositories: RepositoryService;
    access: Access;
    bot: string;
    log(line: string): void;
  }) {
    this.#state = options.state;
    this.#repositories = options.repositories;
    this.#access = options.access;
    this.#bot = options.bot;
    this.#log = options.log;
  }

  onChange(listener: RefListener): void {
    this.#listeners.push(listener);
  }

  protectionOf(
    repository: RestRepository,
    branch: string,
  ): BranchProtection | undefined {
    return this.#state.get('protection', `${repository.full_name}#${branch}`);
  }

  /** Runs `work` while nothing else moves refs of the repository. */
  async locked<T>(
    repository: RestRepository,
    work: () => Promise<T>,
  ): Promise<T> {
    const previous = this.#locks.get(repository.id) ?? Promise.resolve();
    const turn = previous.then(work, work);
    const quiet = turn.catch(() => undefined);
    this.#locks.set(repository.id, quiet);
    try {
      return await turn;
    } finally {
      if (this.#locks.get(repository.id) === quiet) {
        this.#locks.delete(repository.id);
      }
    }
  }

  /**
   * Moves refs on behalf of a user.
   *
   * @param options.bypassProtection - for moves that the rules of a protected
   * branch allow by themselves, such as a merge.
   * @param options.record - writes down what the move means once it has happened,
   * before anybody is told of it.
   * @throws GitHubApiError 409 when a ref moved meanwhile, 422 when protection
   * forbids the change.
   */
  async move(
    repository: RestRepository,
    changes: readonly RefChange[],
    context: WriteContext,
    options: MoveOptions = {},
  ): Promise<void> {
    await this.locked(repository, async () => {
      await this.moveLocked(repository, changes, context, options);
    });
  }

  /** {@link RefService.move} for callers that hold the lock. */
  async moveLocked(
    repository: RestRepository,
    changes: readonly RefChange[],
    context: WriteContext,
    options: MoveOptions = {},
  ): Promise<void> {
    const gitDir = this.#repositories.directory(repository);
    if (repository.archived) {
      throw new GitHubApiError(403, 'Repository was archived so is read-only.');
    }
    if (!options.bypassProtection) {
      for (const change of changes) {
        await this.#checkProtection(repository, change, context);
      }
    }
    for (const change of changes) {
      await moveRef(gitDir, change);
    }
    await options.record?.();
    await this.#tell(repository, changes, context);
  }

  /**
   * Runs something that moves refs by itself (a push) and tells the listeners
   * what moved.
   */
  async observe<T>(
    repository: RestRepository,
    context: WriteContext,
    work: () => Promise<T>,
  ): Promise<T> {
    return await this.locked(repository, async () => {
      const gitDir = this.#repositories.directory(repository);
      const before = await readRefs(gitDir);
      try {
        return await work();
      } finally {
        const changes = compareRefs(before, await readRefs(gitDir)).filter(
          change => /^refs\/(heads|tags)\//.test(change.ref),
        );
        if (changes.length > 0) {
          await this.#tell(repository, changes, context);
        }
      }
    });
  }

  /** Every move of a protected branch that a user may not make directly. */
  async refusedMoves(
    repository: RestRepository,
    actor: string,
  ): Promise<RefusedMove[]> {
    const refused: RefusedMove[] = [];
    for (const { key, value } of this.#state.list<BranchProtection>(
      'protection',
      `${repository.full_name}#`,
    )) {
      const ref = `refs/heads/${key.slice(repository.full_name.length + 1)}`;
      const moves = await this.#refusedMoves(repository, value, actor);
      for (const [kind, reason] of moves) {
        refused.push({ ref, kind, reason });
      }
    }
    return refused;
  }

  async #checkProtection(
    repository: RestRepository,
    change: RefChange,
    context: WriteContext,
  ): Promise<void> {
    const branch = change.ref.replace(/^refs\/heads\//, '');
    const protection =
      branch === change.ref ? undefined : this.protectionOf(repository, branch);
    if (!protection) {
      return;
    }
    const moves = await this.#refusedMoves(
      repository,
      protection,
      context.actor,
    );
    const reason = moves.get(
      await moveKindOf(this.#repositories.directory(repository), change),
    );
    if (reason) {
      throw new GitHubApiError(
        422,
        `Protected branch update failed for ${change.ref}. ${reason}`,
      );
    }
  }

  /** {@link refusedMoves} for a user; the portal's bot may do everything. */
  async #refusedMoves(
    repository: RestRepository,
    protection: BranchProtection,
    actor: string,
  ): Promise<ReadonlyMap<MoveKind, string>> {
    if (actor === this.#bot) {
      return new Map();
    }
    const { restrictions } = protection;
    const teams =
      restrictions && repository.owner.type === 'Organization'
        ? await this.#access.teamsOf(repository.owner.login, actor)
        : new Set<string>();
    const permission = await this.#access.permissionOf(actor, repository);
    return refusedMoves(protection, {
      isAdmin: permission === 'admin',
      isAllowed:
        restrictions === null ||
        restrictions.users.includes(actor) ||
        restrictions.teams.some(team => teams.has(team)),
    });
  }

  async #tell(
    repository: RestRepository,
    changes: readonly RefChange[],
    context: WriteContext,
  ): Promise<void> {
    await this.#repositories.touch(repository, context);
    const fresh = await this.#repositories.get(
      repository.owner.login,
      repository.name,
    );
    for (const listener of this.#listeners) {
      try {
        await listener(fresh, changes, context);
      } catch (error) {
        // The refs have moved: a listener's trouble must not say otherwise.
        this.#log(
          `Could not follow a move in ${fresh.full_name}: ${stringifyError(
            error,
          )}`,
        );
      }
    }
  }
}
