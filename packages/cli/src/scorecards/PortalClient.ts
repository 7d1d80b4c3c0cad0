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
   * @param options - `all`: every entity that moves, however many pages that takes; those of the first page otherwise
   * @throws RefusedError when it could not be adopted
   */
  async simulate(
    request: SimulationRequest,
    options: { all?: boolean } = {},
  ): Promise<Simulation> {
    const { cursor, ...simulation } = await this.#page(request);
    if (!options.all) return { ...simulation, ...(cursor && { cursor }) };
    const { transitions } = simulation;
    let next = cursor;
    while (next !== undefined) {
      const page = await this.#page(request, next);
      transitions.push(...page.transitions);
      next = page.cursor;
    }
    return simulation;
  }

  async #page(
    request: SimulationRequest,
    cursor?: string,
  ): Promise<Simulation> {
    const query = new URLSearchParams({
      limit: String(PAGE),
      ...(cursor !== undefined && { cursor }),
    });
    const response = await fetch(
      `${this.#url}/api/scorecards/simulate?${query}`,
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
