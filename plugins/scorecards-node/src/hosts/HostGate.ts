import pLimit, { Limit } from 'p-limit';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Answered,
  isPassing,
  pauseAfterAnswer,
  pauseAfterError,
} from './rateLimits';
import { RateLimitedError } from './RateLimitedError';

/**
 * Options of {@link HostGate}.
 * @public
 */
export interface HostGateOptions {
  /** Most requests at one host at a time; 6 when absent. */
  maxConcurrent?: number;
  /** How often a request that fails in passing is sent in all; 3 when absent. */
  attempts?: number;
  /** First pause between two attempts, doubled each time; 500 when absent. */
  backOffMillis?: number;
  /** Longest time that a request waits for a host that wants to be left alone; 5,000 when absent. */
  maxWaitMillis?: number;
  /** For tests: a number from 0 to 1. */
  random?: () => number;
}

interface Host {
  limit: Limit;
  /** By the monotonic clock: a portal's clock that is moved must not move the pause. */
  pausedUntil: number;
}

/**
 * The way to hosts that collectors share: few requests at a time, repeated with growing, jittered pauses when they fail
 * in passing, and none while a host says that it wants to be left alone (`Retry-After`, `X-RateLimit-Reset`).
 * @public
 */
export class HostGate {
  readonly #options: Required<HostGateOptions>;
  readonly #hosts = new Map<string, Host>();

  static create(options: HostGateOptions = {}): HostGate {
    return new HostGate({
      maxConcurrent: 6,
      attempts: 3,
      backOffMillis: 500,
      maxWaitMillis: 5_000,
      random: Math.random,
      ...options,
    });
  }

  private constructor(options: Required<HostGateOptions>) {
    this.#options = options;
  }

  /**
   * Sends a request when its host may be asked. Errors are read as Octokit and fetch give them: `status`, and the headers
   * of the answer.
   *
   * @throws RateLimitedError when the host wants to be left alone for longer than a request waits
   */
  async run<T>(
    name: string,
    request: () => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const host = this.#hostOf(name);
    return host.limit(() => this.#send(name, host, request, signal));
  }

  async #send<T>(
    name: string,
    host: Host,
    request: () => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    const { attempts, backOffMillis, random } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      await this.#untilWelcome(name, host, signal);
      try {
        const answer = await request();
        this.#pause(host, pauseAfterAnswer((answer ?? {}) as Answered));
        return answer;
      } catch (error) {
        signal?.throwIfAborted();
        const answered = (error ?? {}) as Answered;
        const limit = pauseAfterError(answered);
        if (limit !== undefined) {
          this.#pause(host, limit);
          if (attempt >= attempts) {
            throw new RateLimitedError(name, limit);
          }
        } else if (attempt >= attempts || !isPassing(answered)) {
          throw error;
        } else {
          const longest = backOffMillis * 2 ** (attempt - 1);
          await sleep(longest * (0.5 + random() / 2), undefined, { signal });
        }
      }
    }
  }

  async #untilWelcome(
    name: string,
    host: Host,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    signal?.throwIfAborted();
    const wait = host.pausedUntil - performance.now();
    if (wait > this.#options.maxWaitMillis) {
      throw new RateLimitedError(name, wait);
    }
    if (wait > 0) {
      // Not all at once when the pause is over.
      await sleep(wait + this.#options.random() * 250, undefined, { signal });
    }
  }

  #pause(host: Host, millis: number): void {
    if (millis > 0) {
      host.pausedUntil = Math.max(host.pausedUntil, performance.now() + millis);
    }
  }

  #hostOf(name: string): Host {
    const host = this.#hosts.get(name) ?? {
      limit: pLimit(this.#options.maxConcurrent),
      pausedUntil: 0,
    };
    this.#hosts.set(name, host);
    return host;
  }
}
