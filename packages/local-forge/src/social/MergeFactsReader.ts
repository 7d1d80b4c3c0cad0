import {
  CODEOWNERS_PATHS,
  CodeOwnersRule,
  parseCodeOwners,
} from '@waymark/waymark-common';
import { GitReader } from '../git/read';
import { ForgeState } from '../state/ForgeState';
import { Access, isAtLeast } from './Access';
import { MergeFacts, RuledReview } from './mergeRules';
import { PullGitFacts } from './PullFacts';
import { RefService } from './RefService';
import { StatusService } from './StatusService';
import { Json, RestPull, RestRepository } from './types';

/** Gathers what the merge rules ask of a pull request. */
export class MergeFactsReader {
  readonly #state: ForgeState;
  readonly #refs: RefService;
  readonly #access: Access;
  readonly #statuses: StatusService;

  constructor(options: {
    state: ForgeState;
    refs: RefService;
    access: Access;
    statuses: StatusService;
  }) {
    this.#state = options.state;
    this.#refs = options.refs;
    this.#access = options.access;
    this.#statuses = options.statuses;
  }

  /** Reviews in the order they were given. */
  async reviews(repository: RestRepository, number: number): Promise<Json[]> {
    return await this.#state.readAll<Json>(
      `/repos/${repository.full_name}/pulls/${number}/reviews`,
    );
  }

  async read(
    repository: RestRepository,
    reader: GitReader,
    pull: RestPull,
    facts: PullGitFacts | undefined,
  ): Promise<MergeFacts> {
    const protection = this.#refs.protectionOf(repository, pull.base.ref);
    const open = pull.state === 'open';
    const rules = open ? protection?.required_pull_request_reviews : undefined;
    const checks = open ? protection?.required_status_checks : undefined;
    return {
      state: pull.state,
      merged: pull.merged,
      draft: pull.draft,
      archived: repository.archived,
      author: pull.user?.login ?? '',
      headSha: pull.head.sha || undefined,
      baseSha: pull.base.sha || undefined,
      clean: facts?.clean ?? false,
      conflicts: facts?.conflicts ?? [],
      protection: open ? protection : undefined,
      reviews: rules ? await this.#ruledReviews(repository, pull.number) : [],
      changedPaths: (facts?.files ?? []).flatMap(file =>
        file.previousPath ? [file.path, file.previousPath] : [file.path],
      ),
      codeOwners: rules?.require_code_owner_reviews
        ? await this.#codeOwners(reader, pull.base.ref)
        : [],
      succeededChecks:
        checks && pull.head.sha
          ? await this.#statuses.succeeded(repository, pull.head.sha)
          : new Set(),
      behindBase: (facts?.behind ?? 0) > 0,
    };
  }

  async #ruledReviews(
    repository: RestRepository,
    number: number,
  ): Promise<RuledReview[]> {
    const org = repository.owner.login;
    const reviews = await this.reviews(repository, number);
    return await Promise.all(
      reviews.map(async review => {
        const author = review.user?.login ?? '';
        const teams =
          repository.owner.type === 'Organization'
            ? await this.#access.teamsOf(org, author)
            : new Set<string>();
        return {
          author,
          state: review.state,
          commit: review.commit_id,
          canWrite: isAtLeast(
            await this.#access.permissionOf(author, repository),
            'push',
          ),
          identities: new Set([
            `@${author}`,
            ...[...teams].map(slug => `@${org}/${slug}`),
          ]),
        };
      }),
    );
  }

  async #codeOwners(reader: GitReader, ref: string): Promise<CodeOwnersRule[]> {
    for (const path of CODEOWNERS_PATHS) {
      const file = await reader.file(ref, path);
      if (file) {
        return parseCodeOwners(file.content.toString('utf8'));
      }
    }
    return [];
  }
}
