import { GitReader } from '../git/read';
import { moveRef, NO_OBJECT } from '../git/write/refs';
import { ForgeState, WriteContext } from '../state/ForgeState';
import { PullRecord } from './pullOverlay';
import { RepositoryService } from './RepositoryService';
import { RestPull, RestRepository } from './types';

/** The commits between which a pull request lies: those of its branches, and once it is closed those of then. */
export class PullEnds {
  readonly #state: ForgeState;
  readonly #repositories: RepositoryService;

  constructor(options: { state: ForgeState; repositories: RepositoryService }) {
    this.#state = options.state;
    this.#repositories = options.repositories;
  }

  async of(
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

  /** Writes them down, for when the branches move on or go. */
  async keep(
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
}
