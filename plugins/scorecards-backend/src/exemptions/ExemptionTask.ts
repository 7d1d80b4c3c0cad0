import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { BackgroundLoop, Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { transact } from '../database/transact';
import { DAY_MILLIS, PASSING_DAYS } from './core/decide';
import { due, toLookAt } from './core/due';
import { ExemptionLedger, ExemptionStore } from './ExemptionStore';
import { PassingReader } from './PassingReader';

const BATCH = 50;
const EVERY_MILLIS = 15_000;

/** What an {@link ExemptionTask} works with. */
export interface ExemptionTaskOptions {
  knex: Knex;
  clock: Clock;
  logger: LoggerService;
  ledger: ExemptionLedger;
  /** Called after steps were written; a hint and no promise. */
  onWritten?: () => void;
}

/**
 * Takes the steps of exemptions that nobody takes: expiry, revocation of what is needed no more, notices. Any number of
 * replicas may do so at once: whoever comes second finds another version, and writes nothing.
 */
export class ExemptionTask {
  readonly #options: ExemptionTaskOptions;
  readonly #loop: BackgroundLoop;

  static create(options: ExemptionTaskOptions): ExemptionTask {
    return new ExemptionTask(options);
  }

  private constructor(options: ExemptionTaskOptions) {
    this.#options = options;
    this.#loop = BackgroundLoop.create({
      what: 'take the steps of exemptions that are due',
      work: async signal => {
        await this.runOnce(signal);
      },
      everyMillis: EVERY_MILLIS,
      logger: options.logger,
    });
  }

  async start(): Promise<void> {
    this.#loop.wake();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** @returns how many exemptions were written */
  async runOnce(signal?: AbortSignal): Promise<number> {
    const { knex, clock, logger, onWritten } = this.#options;
    let written = 0;
    const failed = new Set<number>();
    for (;;) {
      const found = await ExemptionStore.of(knex).due(
        clock.now(),
        BATCH + failed.size,
      );
      const numbers = found.filter(number => !failed.has(number));
      if (numbers.length === 0 || signal?.aborted) break;
      for (const number of numbers) {
        try {
          if (await this.#take(number)) written += 1;
        } catch (error) {
          // One that cannot be written never stops the rest, and is tried again with the next turn.
          failed.add(number);
          if (!(error instanceof ConflictError)) {
            logger.error(
              `Could not take the next step of exemption ${number}, will try again: ${error}`,
            );
          }
        }
      }
    }
    if (written > 0) onWritten?.();
    return written;
  }

  async #take(number: number): Promise<boolean> {
    const { knex, clock, ledger } = this.#options;
    const now = clock.now();
    const at = now.getTime();
    const [stored] = await ExemptionStore.of(knex).byNumbers([number]);
    const passing = await PassingReader.of(knex).read(
      stored.exemption,
      toLookAt(stored.exemption, at),
      at - PASSING_DAYS * DAY_MILLIS,
    );
    const after = due(stored.exemption, passing, at);
    if (after === stored.exemption) return false;
    await transact(knex, tx =>
      ExemptionStore.of(tx).write(tx, stored, after, { ledger, now }),
    );
    return true;
  }
}
