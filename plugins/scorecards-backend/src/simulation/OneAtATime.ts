import { ConflictError } from '@backstage/errors';

/** Runs what is heavy one after the other, and lets only a few wait. */
export class OneAtATime {
  readonly #mostWaiting: number;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  static create(options: { mostWaiting: number }): OneAtATime {
    return new OneAtATime(options.mostWaiting);
  }

  private constructor(mostWaiting: number) {
    this.#mostWaiting = mostWaiting;
  }

  /**
   * @param signal - whoever gives up while waiting is not run at all
   * @throws ConflictError when too many are waiting
   */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#waiting > this.#mostWaiting) {
      throw new ConflictError(
        `One simulation runs at a time, and ${
          this.#mostWaiting
        } are waiting: try again in a few seconds`,
      );
    }
    this.#waiting += 1;
    const before = this.#last;
    const run = (async () => {
      await before;
      signal.throwIfAborted();
      return work();
    })().finally(() => {
      this.#waiting -= 1;
    });
    this.#last = run.catch(() => {});
    return run;
  }
}
