import {
  CollectContext,
  FactCollector,
  partitionsOfRepositoryEvent,
  RepositoryApi,
  sourceRepositoryPartition,
} from '@waymark/scorecards-node';
import { GithubClients } from '@waymark/waymark-node';
import { Answers } from './Answers';
import { describeRepository } from './describeRepository';

const GITHUB = 'github';

/** Collects how the repositories that describe entities are protected, released and worked on. */
export class GithubCollector implements FactCollector {
  readonly id = GITHUB;
  readonly sources = [GITHUB];
  readonly events = {
    topics: [
      'github.branch_protection_rule',
      'github.repository_ruleset',
      'github.repository',
      'github.pull_request',
      'github.workflow_run',
    ],
    partitionsOf: partitionsOfRepositoryEvent,
  };
  readonly partitionOf = sourceRepositoryPartition;
  readonly #clients: GithubClients;

  static create(options: { clients: GithubClients }): GithubCollector {
    return new GithubCollector(options.clients);
  }

  private constructor(clients: GithubClients) {
    this.#clients = clients;
  }

  async collect(context: CollectContext): Promise<void> {
    const api = await RepositoryApi.open(this.#clients, context);
    const answers = Answers.recall(api, context.state);
    const { id, url, payload } = await describeRepository(answers);
    for (const entity of context.entities) {
      try {
        api.requireSame(entity, id);
        context.report(entity.ref, { payload, url });
      } catch (error) {
        context.fail(entity.ref, error);
      }
    }
    context.remember(answers.state);
  }
}
