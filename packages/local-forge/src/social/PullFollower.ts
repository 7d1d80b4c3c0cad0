import { isAncestor } from '../git/write/merge';
import { NO_OBJECT, RefChange } from '../git/write/refs';
import { WriteContext } from '../state/ForgeState';
import { PullRequestService } from './PullRequestService';
import { RepositoryService } from './RepositoryService';
import { RestRepository } from './types';

/** Keeps open pull requests in step with the branches that they are about. */
export class PullFollower {
  readonly #repositories: RepositoryService;
  readonly #pulls: PullRequestService;

  constructor(options: {
    repositories: RepositoryService;
    pulls: PullRequestService;
  }) {
    this.#repositories = options.repositories;
    this.#pulls = options.pulls;
  }

  async follow(
    repository: RestRepository,
    changes: readonly RefChange[],
    context: WriteContext,
  ): Promise<void> {
    const moved = new Map(
      changes
        .filter(change => change.ref.startsWith('refs/heads/'))
        .map(change => [change.ref.slice('refs/heads/'.length), change]),
    );
    if (moved.size === 0) {
      return;
    }
    const gitDir = this.#repositories.directory(repository);
    for (const pull of await this.#pulls.listOpen(repository)) {
      const head = moved.get(pull.head.ref);
      if (head && head.after !== NO_OBJECT) {
        await this.#pulls.setHead(repository, pull.number, head.after);
        const { before, after } = head;
        await this.#pulls.announce(
          'synchronize',
          repository,
          pull.number,
          context,
          { before, after },
        );
      }
      const base = moved.get(pull.base.ref);
      if (base && base.before !== NO_OBJECT && base.after !== NO_OBJECT) {
        const { pull: present } = await this.#pulls.get(
          repository,
          pull.number,
        );
        // GitHub, too, counts a pull request whose commits were pushed to the
        // base as merged.
        if (
          present.head.sha &&
          (await isAncestor(gitDir, present.head.sha, base.after)) &&
          !(await isAncestor(gitDir, present.head.sha, base.before))
        ) {
          await this.#pulls.recordMerge(
            repository,
            present,
            {
              headSha: present.head.sha,
              baseSha: base.before,
              mergeCommitSha: base.after,
            },
            context,
          );
          await this.#pulls.announce(
            'closed',
            repository,
            pull.number,
            context,
          );
        }
      }
    }
  }
}
