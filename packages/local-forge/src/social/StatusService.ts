import { ForgeState, WriteContext } from '../state/ForgeState';
import { Json, RestRepository } from './types';
import { validationFailed } from '../errors';
import { People } from './People';

const STATES = ['error', 'failure', 'pending', 'success'];

/**
 * Commit statuses that somebody reported. The forge runs nothing, so it never
 * reports one itself.
 */
export class StatusService {
  readonly #state: ForgeState;
  readonly #people: People;

  constructor(options: { state: ForgeState; people: People }) {
    this.#state = options.state;
    this.#people = options.people;
  }

  /** All statuses of a commit, newest first. */
  list(repository: RestRepository, sha: string): Json[] {
    return this.#state
      .list<Json>('statuses', `${repository.full_name}#${sha}#`)
      .map(({ value }) => value)
      .reverse();
  }

  /** The newest status of each context. */
  latest(repository: RestRepository, sha: string): Json[] {
    const byContext = new Map<string, Json>();
    for (const status of this.list(repository, sha)) {
      if (!byContext.has(status.context)) {
        byContext.set(status.context, status);
      }
    }
    return [...byContext.values()];
  }

  async create(
    repository: RestRepository,
    sha: string,
    body: Json,
    context: WriteContext,
  ): Promise<Json> {
    if (!STATES.includes(body.state)) {
      throw validationFailed({
        resource: 'Status',
        field: 'state',
        code: body.state === undefined ? 'missing_field' : 'invalid',
      });
    }
    const id = await this.#state.nextId(context);
    const at = (context.at ?? new Date()).toISOString();
    const status = {
      url: `${repository.url}/statuses/${sha}`,
      id,
      node_id: Buffer.from(`Status${id}`).toString('base64'),
      avatar_url: `${repository.owner.avatar_url}`,
      state: body.state,
      description: body.description ?? null,
      target_url: body.target_url ?? null,
      context: body.context ?? 'default',
      created_at: at,
      updated_at: at,
      creator: await this.#people.brief(context.actor),
    };
    await this.#state.put(
      'statuses',
      `${repository.full_name}#${sha}#${id}`,
      status,
      context,
    );
    return status;
  }

  /** GitHub's combined state: pending while there is none. */
  combined(statuses: readonly Json[]): 'failure' | 'pending' | 'success' {
    if (
      statuses.some(({ state }) => state === 'error' || state === 'failure')
    ) {
      return 'failure';
    }
    return statuses.length === 0 ||
      statuses.some(({ state }) => state === 'pending')
      ? 'pending'
      : 'success';
  }

  /** Contexts of statuses and names of check runs that succeeded. */
  async succeeded(
    repository: RestRepository,
    sha: string,
  ): Promise<Set<string>> {
    const runs = await this.#state.find<{ check_runs: Json[] }>(
      `/repos/${repository.full_name}/commits/${sha}/check-runs?per_page=100`,
    );
    return new Set([
      ...this.latest(repository, sha)
        .filter(status => status.state === 'success')
        .map(status => status.context),
      ...(runs?.check_runs ?? [])
        .filter(run =>
          ['success', 'neutral', 'skipped'].includes(run.conclusion),
        )
        .map(run => run.name),
    ]);
  }
}
