import { InputError } from '@backstage/errors';
import {
  Simulation,
  SimulationRequest,
  simulationSchema,
} from '@waymark/scorecards-common';

/** Transitions of one request. */
const PAGE = 500;

/** Why a portal would not adopt a definition. */
export class RefusedError extends Error {}

/** A portal that runs. */
export class PortalClient {
  readonly #url: string;
  readonly #token: string;

  /** @throws InputError when the URL is none */
  static create(options: { url: string; token: string }): PortalClient {
    if (!/^https?:\/\//.test(options.url) || !URL.canParse(options.url)) {
      throw new InputError(
        `--portal: "${options.url}" is no URL such as https://portal.example`,
      );
    }
    return new PortalClient(options.url.replace(/\/+$/, ''), options.token);
  }

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /**
   * What a scorecard would change.
   *
   * @throws RefusedError when it could not be adopted
   */
  async simulate(request: SimulationRequest): Promise<Simulation> {
    const response = await fetch(
      `${this.#url}/api/scorecards/simulate?limit=${PAGE}`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.#token}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(request),
      },
    ).catch(error => {
      throw new InputError(`${this.#url} does not answer: ${error.message}`);
    });
    const body = await response.json().catch(() => undefined);
    if (!response.ok) {
      const reason = body?.error?.message ?? response.statusText;
      if (response.status === 400) throw new RefusedError(reason);
      throw new InputError(
        `${this.#url} answers ${response.status}: ${reason}`,
      );
    }
    return simulationSchema.parse(body);
  }
}
