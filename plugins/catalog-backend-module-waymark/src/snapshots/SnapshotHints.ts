import { LoggerService } from '@backstage/backend-plugin-api';
import { chunks } from '@waymark/waymark-node';

const BATCH = 200;
// The hint comes before the catalog has stitched the entity: read soon, and again later where nothing was new yet.
const DELAYS_MS = [1_000, 2_000, 5_000, 15_000];
// Beyond this the reconciling pass is cheaper, and it comes anyway.
const MOST_PENDING = 20_000;

/**
 * Collects refs of entities that may have changed and has them read shortly after, in batches. Hints may be lost (a full
 * queue, a crash): the reconciling pass does not depend on them.
 */
export class SnapshotHints {
  readonly #refresh: (refs: string[]) => Promise<ReadonlySet<string>>;
  readonly #logger: LoggerService;
  readonly #rounds = DELAYS_MS.map(delay => ({
    delay,
    refs: new Set<string>(),
    timer: undefined as NodeJS.Timeout | undefined,
  }));
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  /** @param options.refresh - reads the refs anew, returns those whose snapshot changed */
  static create(options: {
    refresh: (refs: string[]) => Promise<ReadonlySet<string>>;
    logger: LoggerService;
  }): SnapshotHints {
    return new SnapshotHints(options.refresh, options.logger);
  }

  private constructor(
    refresh: (refs: string[]) => Promise<ReadonlySet<string>>,
    logger: LoggerService,
  ) {
    this.#refresh = refresh;
    this.#logger = logger;
  }

  /** Says that an entity may have changed. */
  hint(ref: string): void {
    this.#enqueue(ref, 0);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#rounds.forEach(({ timer }) => clearTimeout(timer));
    await this.#running;
  }

  #enqueue(ref: string, index: number): void {
    const round = this.#rounds[index];
    if (this.#stopped || !round || round.refs.size >= MOST_PENDING) {
      return;
    }
    round.refs.add(ref);
    round.timer ??= setTimeout(() => {
      round.timer = undefined;
      this.#running = this.#running.then(() => this.#flush(index));
    }, round.delay);
    round.timer.unref();
  }

  async #flush(index: number): Promise<void> {
    const { refs } = this.#rounds[index];
    const pending = [...refs];
    refs.clear();
    for (const batch of chunks(pending, BATCH)) {
      let changed: ReadonlySet<string> = new Set();
      try {
        changed = await this.#refresh(batch);
      } catch (error) {
        this.#logger.warn(
          `Could not read ${batch.length} changed entities for their snapshots, will try again`,
          error as Error,
        );
      }
      batch
        .filter(ref => !changed.has(ref))
        .forEach(ref => this.#enqueue(ref, index + 1));
    }
  }
}
