import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { setTimeout } from 'node:timers/promises';

const RETRY_MILLIS = 5_000;

/** Something that works in the background until it is stopped. */
export interface BackgroundPart {
  /** May be called again after it has failed. */
  start(): Promise<void> | void;
  /** Also of one that has never started. */
  stop(): Promise<void> | void;
}

/** What {@link BackgroundParts} works with. */
export interface BackgroundPartsOptions {
  /** By what they do, as the log says it when one does not start: "follow the catalog". */
  parts: Readonly<Record<string, BackgroundPart>>;
  logger: LoggerService;
  /** Pause before one that failed is started again; 5,000 when absent. */
  retryMillis?: number;
}

/**
 * Starts the parts of a plugin that work in the background, each on its own: one that cannot start, as when the database
 * is away for a moment, is started again, and keeps none of the others from their work.
 */
export class BackgroundParts {
  readonly #options: BackgroundPartsOptions;
  readonly #stopping = new AbortController();
  #starting: Promise<unknown> = Promise.resolve();

  static create(options: BackgroundPartsOptions): BackgroundParts {
    return new BackgroundParts(options);
  }

  private constructor(options: BackgroundPartsOptions) {
    this.#options = options;
  }

  /** Returns at once. */
  start(): void {
    this.#starting = Promise.all(
      Object.entries(this.#options.parts).map(([what, part]) =>
        this.#start(what, part),
      ),
    );
  }

  /** Stops all of them, and waits for the last. */
  async stop(): Promise<void> {
    const { parts, logger } = this.#options;
    this.#stopping.abort();
    await this.#starting;
    await Promise.all(
      Object.entries(parts).map(async ([what, part]) => {
        try {
          await part.stop();
        } catch (error) {
          logger.error(`Could not cease to ${what}`, toError(error));
        }
      }),
    );
  }

  async #start(what: string, part: BackgroundPart): Promise<void> {
    const { logger, retryMillis = RETRY_MILLIS } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        await part.start();
        return;
      } catch (error) {
        logger.error(
          `Could not begin to ${what}, will try again`,
          toError(error),
        );
      }
      await setTimeout(retryMillis, undefined, { signal, ref: false }).catch(
        () => {
          // Stopping: the loop ends.
        },
      );
    }
  }
}
