import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  labAnswerSchema,
  labDefinitionFileSchema,
  LabFilter,
  labProofsSchema,
} from '@waymark/scorecards-common';
import { PageQuery, ReadOptions } from '../../api/ScorecardsApi';
import { isNotFound } from '../../api/isNotFound';
import { pathOf, ScorecardsRequests } from '../../api/ScorecardsRequests';
import { LabApi, LabDefinition } from './LabApi';

/** Asks the scorecards backend what would be. */
export class LabClient implements LabApi {
  readonly #requests: ScorecardsRequests;

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): LabClient {
    return new LabClient(ScorecardsRequests.create(options));
  }

  private constructor(requests: ScorecardsRequests) {
    this.#requests = requests;
  }

  async readFile(name: string, options?: ReadOptions) {
    try {
      const { text } = await this.#requests.json(
        labDefinitionFileSchema,
        pathOf('lab', 'definitions', name),
        options,
      );
      return text;
    } catch (error) {
      if (isNotFound(error as Error)) return undefined;
      throw error;
    }
  }

  async ask(
    definition: LabDefinition,
    filter: LabFilter & PageQuery,
    options?: ReadOptions,
  ) {
    return this.#requests.json(labAnswerSchema, 'lab', {
      ...options,
      method: 'POST',
      query: filter,
      body: { definition },
    });
  }

  async prove(
    definition: LabDefinition,
    entityRef: string,
    options?: ReadOptions,
  ) {
    return this.#requests.json(labProofsSchema, 'lab/proofs', {
      ...options,
      method: 'POST',
      body: { definition, entityRef },
    });
  }
}
