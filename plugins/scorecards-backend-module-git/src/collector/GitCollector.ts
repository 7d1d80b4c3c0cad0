import {
  CollectContext,
  FactCollector,
  partitionsOfRepositoryEvent,
  RepositoryApi,
  sourceRepositoryPartition,
} from '@waymark/scorecards-node';
import { GithubClients } from '@waymark/waymark-node';
import { FileReadings } from '../repository/FileReadings';
import { GIT, RepositoryVisit } from './RepositoryVisit';

/** Collects what lies in the repositories that describe entities. */
export class GitCollector implements FactCollector {
  readonly id = GIT;
  readonly sources = [GIT];
  readonly events = {
    topics: ['github.push'],
    partitionsOf: partitionsOfRepositoryEvent,
  };
  readonly partitionOf = sourceRepositoryPartition;
  readonly #clients: GithubClients;
  readonly #readings = FileReadings.create();

  static create(options: { clients: GithubClients }): GitCollector {
    return new GitCollector(options.clients);
  }

  private constructor(clients: GithubClients) {
    this.#clients = clients;
  }

  async collect(context: CollectContext): Promise<void> {
    const api = await RepositoryApi.open(this.#clients, context);
    await RepositoryVisit.make(api, this.#readings, context);
  }
}
