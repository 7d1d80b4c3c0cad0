import { LoggerService } from '@backstage/backend-plugin-api';
import { BackgroundLoop } from '@waymark/waymark-node';
import { Ledger } from './Ledger';

const EVERY_MILLIS = 500;

/** Moves what is queued into the log, within a second. Every replica runs one; the database lets one at a time. */
export class LedgerSequencer {
  readonly #loop: BackgroundLoop;

  /** @param options.onGrown - called after the log has grown, and not again before it is done */
  static create(options: {
    ledger: Ledger;
    logger: LoggerService;
    onGrown?: () => Promise<void>;
  }): LedgerSequencer {
    const { ledger, logger, onGrown } = options;
    return new LedgerSequencer(
      BackgroundLoop.create({
        what: 'take what is queued into the ledger',
        work: async () => {
          if ((await ledger.integrate()) > 0) {
            await onGrown?.();
          }
        },
        everyMillis: EVERY_MILLIS,
        logger,
      }),
    );
  }

  private constructor(loop: BackgroundLoop) {
    this.#loop = loop;
  }

  async start(): Promise<void> {
    this.#loop.start();
  }

  /** Ends after the turn that is under way. */
  async stop(): Promise<void> {
    await this.#loop.stop();
  }
}
