import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/** @public */
export interface BackgroundLoopOptions {
  /** What is done, as the log says it when it fails: "follow the catalog". */
  what: string;
  /** One turn. Turns never overlap; a failed one is tried again with the next. */
  work: (signal: AbortSignal) => Promise<void>;
  /** Milliseconds between the end of a turn and the beginning of the next. */
  everyMillis: number;
  logger: LoggerService;
}

/**
 * Does something every few moments on this replica, and at once when woken.
 * @public
 */
export class BackgroundLoop {
  readonly #options: BackgroundLoopOptions;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> | undefined;
  #isWoken = false;

  static create(options: BackgroundLoopOptions): BackgroundLoop {
    return new BackgroundLoop(options);
  }

  private constructor(options: BackgroundLoopOptions) {
    this.#options = options;
  }

  /** Begins; the first turn comes after the usual pause. */
  start(): void {
    this.#sleep();
  }

  /** Takes a turn now. During a turn: another one right after it, since it may have looked too early. */
  wake(): void {
    if (this.#turn) {
      this.#isWoken = true;
    } else if (!this.#stopping.signal.aborted) {
      clearTimeout(this.#timer);
      this.#turn = this.#work().finally(() => this.#onTurnEnded());
    }
  }

  /** Ends after the turn that is under way, which is told by its signal. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#turn;
  }

  #sleep(): void {
    if (!this.#stopping.signal.aborted) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.wake(), this.#options.everyMillis);
      this.#timer.unref();
    }
  }

  #onTurnEnded(): void {
    this.#turn = undefined;
    if (this.#isWoken) {
      this.#isWoken = false;
      this.wake();
    } else {
      this.#sleep();
    }
  }

  async #work(): Promise<void> {
    const { what, work, logger } = this.#options;
    const { signal } = this.#stopping;
    try {
      await work(signal);
    } catch (error) {
      if (!signal.aborted) {
        logger.error(`Could not ${what}, will try again`, toError(error));
      }
    }
  }
}
