import { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  exemptionListSchema,
  ExemptionRenewalRequest,
  ExemptionRequest,
  exemptionSchema,
} from '@waymark/scorecards-common';
import { ReadOptions } from '../api/ScorecardsApi';
import { pathOf, ScorecardsRequests } from '../api/ScorecardsRequests';
import { ExemptionFilter, ExemptionsApi, ExemptionVerb } from './ExemptionsApi';

/** Asks the scorecards backend about exemptions. */
export class ExemptionsClient implements ExemptionsApi {
  readonly #requests: ScorecardsRequests;

  static create(options: {
    discoveryApi: DiscoveryApi;
    fetchApi: FetchApi;
  }): ExemptionsClient {
    return new ExemptionsClient(ScorecardsRequests.create(options));
  }

  private constructor(requests: ScorecardsRequests) {
    this.#requests = requests;
  }

  async listExemptions(filter: ExemptionFilter, options?: ReadOptions) {
    return this.#requests.json(exemptionListSchema, 'exemptions', {
      ...options,
      query: filter,
    });
  }

  async getExemption(id: string, options?: ReadOptions) {
    return this.#requests.json(
      exemptionSchema,
      pathOf('exemptions', id),
      options,
    );
  }

  async request(request: ExemptionRequest) {
    return this.#post(pathOf('exemptions'), request);
  }

  async renew(id: string, renewal: ExemptionRenewalRequest) {
    return this.#post(pathOf('exemptions', id, 'renew'), renewal);
  }

  async decide(id: string, verb: ExemptionVerb, comment?: string) {
    return this.#post(pathOf('exemptions', id, verb), { comment });
  }

  async #post(path: string, body: unknown) {
    return this.#requests.json(exemptionSchema, path, { method: 'POST', body });
  }
}
