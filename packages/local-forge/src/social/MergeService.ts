import { stringifyError } from '@backstage/errors';
import { GitHubApiError } from '../errors';
import { mergeTrees } from '../git/mergeTrees';
import { gitText } from '../git/runGit';
import { isAncestor, rebaseCommits } from '../git/write/merge';
import { writeCommit } from '../git/write/objects';
import { NO_OBJECT } from '../git/write/refs';
import { MergeMethod } from '../services/ForgeService';
import { ForgeState, WriteContext } from '../state/ForgeState';
import { Access } from './Access';
import { requireMethod } from './mergeMethods';
import { People } from './People';
import { PullRecord } from './pullOverlay';
import { PullRequestService } from './PullRequestService';
import { RefService } from './RefService';
import { RepositoryService } from './RepositoryService';
import { RestPull, RestRepository } from './types';

/** What the merge request of GitHub's API may say. */
export interface MergeOptions {
  method: MergeMethod;
  commitTitle?: string;
  commitMessage?: string;
  /** Refuse when the head moved away from here. */
  sha?: string;
}

interface MergeIntent extends Required<PullRecord> {
  owner: string;
  name: string;
  number: number;
}

/** Merges pull requests: asks the rules, merges in Git, records the outcome. */
export class MergeService {
  readonly #state: ForgeState;
  readonly #repositories: RepositoryService;
  readonly #refs: RefService;
  readonly #pulls: PullRequestService;
  readonly #access: Access;
  readonly #people: People;
  readonly #log: (line: string) => void;

  constructor(options: {
    state: ForgeState;
    repositories: RepositoryService;
    refs: RefService;
    pulls: PullRequestService;
    access: Access;
    people: People;
    log(line: string): void;
  }) {
    this.#state = options.state;
    this.#repositories = options.repositories;
    this.#refs = options.refs;
    this.#pulls = options.pulls;
    this.#access = options.access;
    this.#people = options.people;
    this.#log = options.log;
  }

  /** @throws GitHubApiError 403, 405 (not mergeable, with the reasons), 409. */
  async merge(
    repository: RestRepository,
    number: number,
    options: MergeOptions,
    context: WriteContext,
  ): Promise<{ sha: string }> {
    await this.#access.require(context.actor, repository, 'push');
    requireMethod(repository, options.method);
    return await this.#refs.locked(repository, async () => {
      const { pull, blockedBy } = await this.#pulls.get(repository, number);
      if (blockedBy.length > 0) {
        throw new GitHubApiError(405, blockedBy.join(' '));
      }
      if (options.sha !== undefined && options.sha !== pull.head.sha) {
        throw new GitHubApiError(
          409,
          'Head branch was modified. Review and try the merge again.',
        );
      }
      const mergeCommitSha = await this.#mergeInGit(
        repository,
        pull,
        options,
        context,
      );
      const intent: MergeIntent = {
        owner: repository.owner.login,
        name: repository.name,
        number,
        headSha: pull.head.sha,
        baseSha: pull.base.sha,
        mergeCommitSha,
      };
      const key = intentKey(repository, number);
      await this.#state.put('intents', key, intent, context);
      await this.#refs.moveLocked(
        repository,
        [
          {
            ref: `refs/heads/${pull.base.ref}`,
            before: pull.base.sha,
            after: mergeCommitSha,
          },
        ],
        context,
        {
          bypassProtection: true,
          record: async () => {
            const ends = pickEnds(intent);
            await this.#pulls.recordMerge(repository, pull, ends, context);
            await this.#state.remove('intents', key, context);
          },
        },
      );
      await this.#pulls.announce('closed', repository, number, context);
      if (repository.delete_branch_on_merge) {
        await this.#deleteHead(repository, pull, context);
      }
      return { sha: mergeCommitSha };
    });
  }

  /**
   * Merges the base into the head, as the "Update branch" button does.
   *
   * @throws GitHubApiError 422 when there is a conflict or the head moved.
   */
  async updateBranch(
    repository: RestRepository,
    pull: RestPull,
    expectedHead: unknown,
    context: WriteContext,
  ): Promise<void> {
    await this.#refs.locked(repository, async () => {
      const { head, base } = pull;
      if (pull.state === 'closed') {
        throw new GitHubApiError(422, 'The pull request is closed.');
      }
      if (expectedHead !== undefined && expectedHead !== head.sha) {
        throw new GitHubApiError(422, 'Head sha is out of date');
      }
      const gitDir = this.#repositories.directory(repository);
      const merged = await mergeTrees(gitDir, head.sha, base.sha);
      if (!merged.clean) {
        throw new GitHubApiError(422, 'merge conflict between base and head');
      }
      const after = await writeCommit(gitDir, {
        tree: merged.tree,
        parents: [head.sha, base.sha],
        message: `Merge branch '${base.ref}' into ${head.ref}`,
        author: await this.#people.signature(
          context.actor,
          context.at ?? new Date(),
        ),
      });
      await this.#refs.moveLocked(
        repository,
        [{ ref: `refs/heads/${head.ref}`, before: head.sha, after }],
        context,
      );
    });
  }

  /** Finishes or forgets what a crash interrupted. */
  async recover(context: WriteContext): Promise<void> {
    for (const { key, value } of this.#state.list<MergeIntent>(
      'intents',
      'merge:',
    )) {
      const repository = await this.#repositories.find(value.owner, value.name);
      if (repository) {
        const { pull } = await this.#pulls.get(repository, value.number);
        const gitDir = this.#repositories.directory(repository);
        const done = await isAncestor(
          gitDir,
          value.mergeCommitSha,
          `refs/heads/${pull.base.ref}`,
        );
        if (done && !pull.merged) {
          const ends = pickEnds(value);
          await this.#pulls.recordMerge(repository, pull, ends, context);
          await this.#pulls.announce(
            'closed',
            repository,
            value.number,
            context,
          );
        }
      }
      await this.#state.remove('intents', key, context);
    }
  }

  async #mergeInGit(
    repository: RestRepository,
    pull: RestPull,
    options: MergeOptions,
    context: WriteContext,
  ): Promise<string> {
    const gitDir = this.#repositories.directory(repository);
    const date = context.at ?? new Date();
    const committer = await this.#people.signature(context.actor, date);
    const base = pull.base.sha;
    const head = pull.head.sha;
    if (options.method === 'rebase') {
      const rebased = await rebaseCommits(gitDir, { base, head, committer });
      if (!rebased.clean) {
        throw new GitHubApiError(
          405,
          `This branch can't be rebased: conflicts in ${rebased.conflicts.join(
            ', ',
          )}`,
        );
      }
      return rebased.head;
    }
    const merged = await mergeTrees(gitDir, base, head);
    if (!merged.clean) {
      throw new GitHubApiError(405, 'Pull Request is not mergeable');
    }
    const squash = options.method === 'squash';
    const title =
      options.commitTitle ??
      (squash
        ? `${pull.title} (#${pull.number})`
        : `Merge pull request #${pull.number} from ${pull.head.label}`);
    const message =
      options.commitMessage ??
      (squash ? await squashMessage(gitDir, base, head) : pull.title);
    return await writeCommit(gitDir, {
      tree: merged.tree,
      parents: squash ? [base] : [base, head],
      message: message ? `${title}\n\n${message}` : title,
      author: squash
        ? await this.#people.signature(pull.user?.login ?? context.actor, date)
        : committer,
      committer,
    });
  }

  /** Deletes the head branch; the merge stands whether or not that succeeds. */
  async #deleteHead(
    repository: RestRepository,
    pull: RestPull,
    context: WriteContext,
  ): Promise<void> {
    const ref = `refs/heads/${pull.head.ref}`;
    try {
      const reader = await this.#repositories.reader(repository);
      const before = await reader.resolve(ref);
      if (before && pull.head.ref !== repository.default_branch) {
        await this.#refs.moveLocked(
          repository,
          [{ ref, before, after: NO_OBJECT }],
          context,
        );
      }
    } catch (error) {
      this.#log(
        `${repository.full_name}#${
          pull.number
        } is merged, but its branch stays: ${stringifyError(error)}`,
      );
    }
  }
}

async function squashMessage(
  gitDir: string,
  base: string,
  head: string,
): Promise<string> {
  const subjects = await gitText(
    ['log', '--reverse', '--no-merges', '--format=* %s', `${base}..${head}`],
    { gitDir },
  );
  return subjects.includes('\n') ? subjects : '';
}

function intentKey(repository: RestRepository, number: number): string {
  return `merge:${repository.id}:${number}`;
}

function pickEnds(intent: MergeIntent): Required<PullRecord> {
  const { headSha, baseSha, mergeCommitSha } = intent;
  return { headSha, baseSha, mergeCommitSha };
}
