import { LoggerService } from '@backstage/backend-plugin-api';
import { BackgroundLoop } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { foldChanges, FoldLimits } from './foldChanges';

const LIMITS: FoldLimits = { step: 50_000, window: 100_000 };
const EVERY_MILLIS = 500;
/** Of a flood of results more is folded at a time and less often: the part of the time that folding may take. */
const SHARE = 0.2;
const LONGEST_REST_MILLIS = 5_000;

/**
 * Folds results into roll-ups in the background, on one replica at a time. A step is one transaction: whoever is killed
 * has folded nothing of it.
 */
export class RollupFolder {
  readonly #knex: Knex;
  readonly #limits: FoldLimits;
  readonly #loop: BackgroundLoop;
  #restUntil = 0;

  static create(options: {
    knex: Knex;
    logger: LoggerService;
    limits?: Partial<FoldLimits>;
  }): RollupFolder {
    return new RollupFolder(options);
  }

  private constructor({
    knex,
    logger,
    limits,
  }: Parameters<typeof RollupFolder.create>[0]) {
    this.#knex = knex;
    this.#limits = { ...LIMITS, ...limits };
    this.#loop = BackgroundLoop.create({
      what: 'fold results into roll-ups',
      everyMillis: EVERY_MILLIS,
      logger,
      work: signal => this.#turn(signal),
    });
  }

  async start(): Promise<void> {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /**
   * Folds once, as much as one transaction takes.
   *
   * @returns how many results were folded; 0 where there are no more, or another replica folds just now
   */
  async runOnce(): Promise<number> {
    return this.#knex.transaction(tx => foldChanges(tx, this.#limits));
  }

  async #turn(signal: AbortSignal): Promise<void> {
    const began = performance.now();
    if (began < this.#restUntil) return;
    while (!signal.aborted && (await this.runOnce()) === this.#limits.step);
    const ended = performance.now();
    const rest = (ended - began) * (1 / SHARE - 1);
    this.#restUntil = ended + Math.min(rest, LONGEST_REST_MILLIS);
  }
}
