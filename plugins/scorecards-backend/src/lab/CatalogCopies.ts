import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import type { KeepingEvaluator } from '../results/evaluation/Evaluator';
import { Outcome, SimulationSet } from '../simulation';
import { CatalogCopy, TooLargeError } from './CatalogCopy';

/** How old a copy may be. */
const KEPT_MS = 60_000;
/** From this age on the next copy is made behind the answers. */
const RENEWED_MS = 30_000;
const MOST_BYTES = 128 * 1024 * 1024;

/** Keeps one copy of what the catalog is evaluated over, for a minute at most, for everybody. */
export class CatalogCopies {
  readonly #options: {
    knex: Knex;
    clock: Clock;
    evaluator: KeepingEvaluator;
    mostBytes?: number;
  };
  #copy: CatalogCopy | undefined;
  #renewing: Promise<void> | undefined;
  #end: NodeJS.Timeout | undefined;
  #tooLarge: { error: TooLargeError; at: number } | undefined;

  static create(options: {
    knex: Knex;
    clock: Clock;
    /** Of which nobody else takes the memory for granted. */
    evaluator: KeepingEvaluator;
    /** Of entities and facts as text. */
    mostBytes?: number;
  }): CatalogCopies {
    return new CatalogCopies(options);
  }

  private constructor(options: Parameters<typeof CatalogCopies.create>[0]) {
    this.#options = options;
  }

  /**
   * What a definition says of all entities of a copy that is young enough. For one caller at a time.
   *
   * @throws TooLargeError, for a while without trying again
   */
  async outcomes(
    simulation: SimulationSet,
    signal: AbortSignal,
  ): Promise<{ copy: CatalogCopy; outcomes: readonly Outcome[] }> {
    if (this.#tooLarge && this.#since(this.#tooLarge.at) < KEPT_MS) {
      throw this.#tooLarge.error;
    }
    const copy = await this.#young();
    try {
      const outcomes = await copy.outcomes(simulation, signal);
      this.#renewIfOld(copy, simulation);
      return { copy, outcomes };
    } catch (error) {
      if (error instanceof TooLargeError) {
        this.#tooLarge = { error, at: copy.asOf.getTime() };
      }
      // It may be half read, or the thread that kept it has died.
      if (!signal.aborted) await this.drop();
      throw error;
    }
  }

  /** Keeps nothing any more. */
  async drop(): Promise<void> {
    clearTimeout(this.#end);
    const copy = this.#copy;
    this.#copy = undefined;
    await copy?.forget();
  }

  #create(): CatalogCopy {
    const { knex, clock, evaluator, mostBytes = MOST_BYTES } = this.#options;
    return CatalogCopy.create({
      knex,
      evaluator,
      mostBytes,
      asOf: clock.now(),
    });
  }

  #since(instant: number): number {
    return this.#options.clock.now().getTime() - instant;
  }

  async #young(): Promise<CatalogCopy> {
    const kept = this.#copy;
    if (kept && this.#since(kept.asOf.getTime()) < KEPT_MS) return kept;
    const copy = this.#create();
    await this.#replaceBy(copy);
    return copy;
  }

  async #replaceBy(copy: CatalogCopy): Promise<void> {
    await this.drop();
    this.#copy = copy;
    // Also where nobody comes any more.
    this.#end = setTimeout(() => {
      if (this.#copy === copy) this.drop().catch(() => {});
    }, KEPT_MS);
    this.#end.unref();
  }

  #renewIfOld(copy: CatalogCopy, simulation: SimulationSet): void {
    if (this.#renewing || this.#since(copy.asOf.getTime()) < RENEWED_MS) return;
    const next = this.#create();
    this.#renewing = next
      .read(simulation)
      .then(() => this.#replaceBy(next))
      // Whoever comes next reads it himself, and learns why it cannot be read.
      .catch(() => next.forget())
      .catch(() => {})
      .finally(() => {
        this.#renewing = undefined;
      });
  }
}
