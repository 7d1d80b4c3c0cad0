import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import {
  simulationSchema,
  SimulationSummary,
} from '@waymark/scorecards-common';
import { z } from 'zod';

const PLUGIN = 'scorecards';

const refusalSchema = z.object({ error: z.object({ message: z.string() }) });

/** Has a scorecard checked as it is when it is adopted, and learns what it would change. */
export class ScorecardSimulator {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): ScorecardSimulator {
    return new ScorecardSimulator(options.auth, options.discovery);
  }

  private constructor(auth: AuthService, discovery: DiscoveryService) {
    this.#auth = auth;
    this.#discovery = discovery;
  }

  /**
   * @param credentials - of whoever proposes it
   * @throws InputError with path and reason when it could not be adopted
   * @throws NotAllowedError when they may not see what a scorecard would change
   */
  async simulate(
    definition: Entity,
    credentials: BackstageCredentials,
  ): Promise<SimulationSummary> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: credentials,
      targetPluginId: PLUGIN,
    });
    const url = await this.#discovery.getBaseUrl(PLUGIN);
    const response = await fetch(`${url}/simulate?limit=1`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ definition }),
    });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok) return simulationSchema.parse(body).summary;
    const refusal = refusalSchema.safeParse(body);
    const reason = refusal.success
      ? refusal.data.error.message
      : response.statusText;
    if (response.status === 400) throw new InputError(reason);
    if (response.status === 403) {
      throw new NotAllowedError(`You may not propose a scorecard: ${reason}`);
    }
    throw new Error(
      `The scorecards answer ${response.status} to a simulation: ${reason}`,
    );
  }
}
