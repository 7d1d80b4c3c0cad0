import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { allOwners } from '../routes/meta';
import { Json, RestPull, RestRepository } from '../social/types';
import {
  ForgeComment,
  ForgeIssue,
  ForgePullRequest,
  ForgePullRequestSummary,
  ForgeRepository,
  ForgeReview,
  ForgeService,
  ForgeTeam,
  ForgeTeamMember,
  ForgeUser,
  ForgeWebhookDelivery,
} from './ForgeService';
import {
  commentOf,
  issueOf,
  pullRequestOf,
  repositoryOf,
  reviewOf,
  summaryOf,
  teamOf,
  userOf,
} from './records';

type State = 'open' | 'closed' | 'all';

/** The forge as callers of the same process see it. */
export class DefaultForgeService implements ForgeService {
  readonly #context: () => ForgeContext;

  constructor(context: () => ForgeContext) {
    this.#context = context;
  }

  async listOwners(): Promise<{ login: string; name?: string }[]> {
    const context = this.#context();
    const owners: { login: string; name?: string }[] = [];
    for (const login of await allOwners(context)) {
      const repositories = await context.bare.list(login);
      if (repositories.length > 0) {
        const profile =
          (await context.state.find<Json>(`/orgs/${login}`)) ??
          (await context.people.find(login));
        owners.push({ login, name: profile?.name ?? undefined });
      }
    }
    return owners;
  }

  async listRepositories(owner?: string): Promise<ForgeRepository[]> {
    const context = this.#context();
    const owners = owner ? [owner] : await allOwners(context);
    const lists = await Promise.all(
      owners.map(login => context.repositories.list(login)),
    );
    return await Promise.all(lists.flat().map(item => this.#repository(item)));
  }

  async getRepository(owner: string, name: string): Promise<ForgeRepository> {
    return await this.#repository(
      await this.#context().repositories.get(owner, name),
    );
  }

  async listPullRequests(
    owner: string,
    name: string,
    state: State,
  ): Promise<ForgePullRequestSummary[]> {
    const context = this.#context();
    const repository = await context.repositories.get(owner, name);
    const records = await context.state.readAll<RestPull>(
      `/repos/${repository.full_name}/pulls?state=${state}`,
    );
    const pulls = await context.pulls.overlayList(repository, records);
    return pulls.map((pull, index) =>
      summaryOf({ ...pull, merged: records[index].merged }),
    );
  }

  async getPullRequest(
    owner: string,
    name: string,
    number: number,
  ): Promise<ForgePullRequest> {
    const context = this.#context();
    const repository = await context.repositories.get(owner, name);
    const details = await context.pulls.get(repository, number);
    const [reviews, comments] = await Promise.all([
      context.mergeFacts.reviews(repository, number),
      this.#comments(repository, number),
    ]);
    return {
      ...pullRequestOf(details),
      reviews: reviews.map(reviewOf),
      comments,
    };
  }

  async createPullRequest(
    owner: string,
    name: string,
    options: Parameters<ForgeService['createPullRequest']>[2],
  ): Promise<ForgePullRequest> {
    const context = this.#context();
    const repository = await context.repositories.get(owner, name);
    const { actor, ...body } = options;
    await this.#requireUser(actor);
    const pull = await context.pulls.create(repository, body, { actor });
    return await this.getPullRequest(owner, name, pull.number);
  }

  async mergePullRequest(
    owner: string,
    name: string,
    number: number,
    options: Parameters<ForgeService['mergePullRequest']>[3],
  ): Promise<{ sha: string }> {
    const context = this.#context();
    const repository = await context.repositories.get(owner, name);
    const { actor, method } = options;
    await this.#requireUser(actor);
    return await context.merges.merge(
      repository,
      number,
      { method },
      { actor },
    );
  }

  async closePullRequest(
    owner: string,
    name: string,
    number: number,
    options: { actor: string },
  ): Promise<void> {
    const context = this.#context();
    const { actor } = options;
    const repository = await context.repositories.get(owner, name);
    const { pull } = await context.pulls.get(repository, number);
    await this.#requireUser(actor);
    if (pull.user?.login !== actor) {
      await context.access.require(actor, repository, 'push');
    }
    await context.pulls.update(
      repository,
      number,
      { state: 'closed' },
      { actor },
    );
  }

  async reviewPullRequest(
    owner: string,
    name: string,
    number: number,
    options: Parameters<ForgeService['reviewPullRequest']>[3],
  ): Promise<ForgeReview> {
    const context = this.#context();
    const repository = await context.repositories.get(owner, name);
    const { actor, event, body } = options;
    await this.#requireUser(actor);
    await context.access.require(actor, repository, 'pull');
    return reviewOf(
      await context.reviews.submit(
        repository,
        number,
        { event, body },
        { actor },
      ),
    );
  }

  async comment(
    owner: string,
    name: string,
    number: number,
    options: { actor: string; body: string },
  ): Promise<ForgeComment> {
    const context = this.#context();
    const repository = await context.repositories.get(owner, name);
    const { actor, body } = options;
    await this.#requireUser(actor);
    await context.access.require(actor, repository, 'pull');
    if (!body.trim()) {
      throw new GitHubApiError(422, 'A comment needs a text.');
    }
    const path = `/repos/${repository.full_name}/issues/${number}`;
    const comment = await context.state.write<Json>(
      { method: 'POST', path: `${path}/comments`, body: { body } },
      { actor },
    );
    await context.events.inRepository(
      'issue_comment',
      repository,
      {
        action: 'created',
        issue: await context.state.find<Json>(path),
        comment,
      },
      { actor },
    );
    return commentOf(comment);
  }

  async listIssues(
    owner: string,
    name: string,
    state: State,
  ): Promise<ForgeIssue[]> {
    const context = this.#context();
    const repository = await context.repositories.get(owner, name);
    const issues = await context.state.readAll<Json>(
      `/repos/${repository.full_name}/issues?state=${state}`,
    );
    return issues
      .filter(issue => !issue.pull_request)
      .map(issue => issueOf(issue, []));
  }

  async getIssue(
    owner: string,
    name: string,
    number: number,
  ): Promise<ForgeIssue> {
    const context = this.#context();
    const repository = await context.repositories.get(owner, name);
    const issue = await context.state.find<Json>(
      `/repos/${repository.full_name}/issues/${number}`,
    );
    if (!issue || issue.pull_request) {
      throw notFound();
    }
    return issueOf(issue, await this.#comments(repository, number));
  }

  async listUsers(): Promise<ForgeUser[]> {
    const { people } = this.#context();
    return await Promise.all(people.logins.map(login => this.getUser(login)));
  }

  async getUser(login: string): Promise<ForgeUser> {
    const user = await this.#context().people.get(login);
    return userOf(user);
  }

  async listTeams(org: string): Promise<ForgeTeam[]> {
    const teams = await this.#context().access.teams(org);
    return teams.map(teamOf);
  }

  async listTeamMembers(org: string, slug: string): Promise<ForgeTeamMember[]> {
    const { access, people } = this.#context();
    const members = await access.teamMembers(org, slug);
    return await Promise.all(
      members.map(async ({ user, role }) => ({
        login: user.login,
        name: (await people.find(user.login))?.name ?? undefined,
        role,
      })),
    );
  }

  async listWebhookDeliveries(): Promise<ForgeWebhookDelivery[]> {
    return this.#context()
      .webhooks.deliveries()
      .map(({ payload: _payload, ...delivery }) => delivery);
  }

  async #requireUser(actor: string): Promise<void> {
    if (!(await this.#context().people.find(actor))) {
      throw new GitHubApiError(403, `There is no user ${actor}`);
    }
  }

  async #comments(
    repository: RestRepository,
    number: number,
  ): Promise<ForgeComment[]> {
    const comments = await this.#context().state.readAll<Json>(
      `/repos/${repository.full_name}/issues/${number}/comments`,
    );
    return comments.map(commentOf);
  }

  async #repository(repository: RestRepository): Promise<ForgeRepository> {
    const pulls = await this.#context().pulls.listOpen(repository);
    return repositoryOf(repository, pulls.length);
  }
}
