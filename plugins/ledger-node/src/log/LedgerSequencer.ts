import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Ledger } from './Ledger';

const EVERY_MILLIS = 500;

/** Moves what is queued into the log, within a second. Every replica runs one; the database lets one at a time. */
export class LedgerSequencer {
  readonly #ledger: Ledger;
  readonly #logger: LoggerService;
  readonly #onGrown: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #isStopped = false;

  /** @param options.onGrown - called after the log has grown, and not again before it is done */
  static create(options: {
    ledger: Ledger;
    logger: LoggerService;
    onGrown?: () => Promise<void>;
  }): LedgerSequencer {
    return new LedgerSequencer(options);
  }

  private constructor(options: {
    ledger: Ledger;
    logger: LoggerService;
    onGrown?: () => Promise<void>;
  }) {
    this.#ledger = options.ledger;
    this.#logger = options.logger;
    this.#onGrown = options.onGrown ?? (async () => {});
  }

  start(): void {
    if (!this.#isStopped) {
      this.#timer = setTimeout(() => {
        this.#turn = this.#integrate().finally(() => this.start());
      }, EVERY_MILLIS);
      this.#timer.unref();
    }
  }

  /** Ends after the turn that is under way. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    await this.#turn;
  }

  async #integrate(): Promise<void> {
    try {
      if ((await this.#ledger.integrate()) > 0) {
        await this.#onGrown();
      }
    } catch (error) {
      this.#logger.error(
        'The ledger could not take in what is queued, and tries again',
        toError(error),
      );
    }
  }
}
