import { GitHubApiError, validationFailed } from '../errors';
import { ForgeState, WriteContext } from '../state/ForgeState';
import { ForgeEvents } from '../webhooks/ForgeEvents';
import { PullRequestService } from './PullRequestService';
import { Json, RestRepository } from './types';

/** Reviews of pull requests. */
export class ReviewService {
  readonly #state: ForgeState;
  readonly #pulls: PullRequestService;
  readonly #events: ForgeEvents;

  constructor(options: {
    state: ForgeState;
    pulls: PullRequestService;
    events: ForgeEvents;
  }) {
    this.#state = options.state;
    this.#pulls = options.pulls;
    this.#events = options.events;
  }

  /**
   * Submits a review, or starts one when `body.event` is absent.
   *
   * @throws GitHubApiError 422 for a verdict on one's own pull request, or a
   * closed one, or a request for changes without a word.
   */
  async submit(
    repository: RestRepository,
    number: number,
    body: Json,
    context: WriteContext,
  ): Promise<Json> {
    const { pull } = await this.#pulls.get(repository, number);
    const verdict =
      body.event === 'APPROVE' || body.event === 'REQUEST_CHANGES';
    if (verdict && pull.user?.login === context.actor) {
      throw new GitHubApiError(422, 'Unprocessable Entity', [
        {
          resource: 'PullRequestReview',
          field: 'event',
          code: 'custom',
          message:
            body.event === 'APPROVE'
              ? 'Can not approve your own pull request'
              : 'Can not request changes on your own pull request',
        },
      ]);
    }
    if (verdict && pull.state === 'closed') {
      throw new GitHubApiError(422, 'The pull request is closed.');
    }
    if (
      (body.event === 'REQUEST_CHANGES' || body.event === 'COMMENT') &&
      !String(body.body ?? '').trim()
    ) {
      throw validationFailed({
        resource: 'PullRequestReview',
        field: 'body',
        code: 'missing_field',
      });
    }
    const review = await this.#state.write<Json>(
      {
        method: 'POST',
        path: `/repos/${repository.full_name}/pulls/${number}/reviews`,
        body: { ...body, commit_id: body.commit_id ?? pull.head.sha },
      },
      context,
    );
    if (body.event) {
      await this.#events.inRepository(
        'pull_request_review',
        repository,
        { action: 'submitted', review, pull_request: pull },
        context,
      );
    }
    return review;
  }
}
