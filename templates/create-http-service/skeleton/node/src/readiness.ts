import type { Logger } from './logger.ts';
import { withTimeout } from './timeout.ts';

const CHECK_TIMEOUT_MS = 1_000;

export interface ReadinessReport {
  status: 'ready' | 'starting' | 'draining' | 'unavailable';
  checks: Record<string, { status: 'ok' | 'failed' }>;
}

/** Whether this instance should get traffic: started, not draining, and its back end answers. */
export class Readiness {
  #phase: 'starting' | 'ready' | 'draining' = 'starting';
  readonly #failing = new Set<string>();
  readonly #checks: Readonly<Record<string, () => Promise<void>>>;
  readonly #logger: Logger;

  constructor(checks: Readonly<Record<string, () => Promise<void>>>, logger: Logger) {
    this.#checks = checks;
    this.#logger = logger;
  }

  get draining(): boolean {
    return this.#phase === 'draining';
  }

  started(): void {
    if (this.#phase === 'starting') this.#phase = 'ready';
  }

  drain(): void {
    this.#phase = 'draining';
  }

  async report(): Promise<ReadinessReport> {
    const results = await Promise.all(
      Object.entries(this.#checks).map(
        async ([name, check]) => [name, await this.#run(name, check)] as const,
      ),
    );
    const ok = results.every(([, passed]) => passed);
    return {
      status: this.#phase === 'ready' && !ok ? 'unavailable' : this.#phase,
      checks: Object.fromEntries(
        results.map(([name, passed]) => [name, { status: passed ? 'ok' : 'failed' }]),
      ),
    };
  }

  /** Runs one check. Only a change is logged: probes come every few seconds. */
  async #run(name: string, check: () => Promise<void>): Promise<boolean> {
    try {
      await withTimeout(check(), CHECK_TIMEOUT_MS, `no answer within ${CHECK_TIMEOUT_MS} ms`);
      if (this.#failing.delete(name)) this.#logger.info({ check: name }, 'check passes again');
      return true;
    } catch (error) {
      if (!this.#failing.has(name)) {
        this.#failing.add(name);
        this.#logger.warn({ check: name, err: error }, 'check fails');
      }
      return false;
    }
  }
}
