const FIRST_MILLIS = 60_000;
const LONGEST_MILLIS = 60 * 60_000;

/** When something that failed is tried again: after growing, jittered pauses that never exceed the usual one. */
export class RetryPolicy {
  readonly #random: () => number;

  /** @param random - a number from 0 to 1 */
  static create(random: () => number = Math.random): RetryPolicy {
    return new RetryPolicy(random);
  }

  private constructor(random: () => number) {
    this.#random = random;
  }

  /**
   * @param failures - how often it has failed in a row, this time included
   * @param usualMillis - after how long it is done when nothing fails; undefined when not by the clock
   */
  after(failures: number, now: Date, usualMillis: number | undefined): Date {
    const longest = Math.min(usualMillis ?? LONGEST_MILLIS, LONGEST_MILLIS);
    const pause = Math.min(FIRST_MILLIS * 2 ** (failures - 1), longest);
    return new Date(
      now.getTime() + Math.round(pause * (0.75 + this.#random() / 4)),
    );
  }
}
