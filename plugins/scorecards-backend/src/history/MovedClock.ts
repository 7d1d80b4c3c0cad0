import { Clock } from '@waymark/waymark-node';

/** A clock that stands in the past, and is moved forward only: what was written stays older than what is written next. */
export class MovedClock implements Clock {
  #millis: number;

  static at(start: Date): MovedClock {
    return new MovedClock(start.getTime());
  }

  private constructor(millis: number) {
    this.#millis = millis;
  }

  now(): Date {
    return new Date(this.#millis);
  }

  /** @throws RangeError when that would be back */
  moveTo(instant: Date): void {
    if (!(instant.getTime() >= this.#millis)) {
      throw new RangeError(
        `History goes on from ${this.now().toISOString()}, and not back to ${instant.toISOString()}`,
      );
    }
    this.#millis = instant.getTime();
  }
}
