import { createServiceFactory } from '@backstage/backend-plugin-api';
import { Duration, DurationLike } from 'luxon';
import { Clock } from './Clock';
import { clockServiceRef } from './clockServiceRef';

/**
 * A clock that stands still until a test moves it.
 * @public
 */
export class ManualClock implements Clock {
  #millis: number;

  /** @param start - the first instant, an ISO 8601 date-time with offset or a Date */
  static at(start: string | Date): ManualClock {
    const millis = new Date(start).getTime();
    if (Number.isNaN(millis)) {
      throw new TypeError(`"${start}" is not an instant`);
    }
    return new ManualClock(millis);
  }

  private constructor(millis: number) {
    this.#millis = millis;
  }

  now(): Date {
    return new Date(this.#millis);
  }

  /** Moves the clock, by an ISO 8601 duration (`PT5M`) or luxon's object form. Returns the new instant. */
  advance(by: string | DurationLike): Date {
    const duration =
      typeof by === 'string'
        ? Duration.fromISO(by)
        : Duration.fromDurationLike(by);
    if (!duration.isValid) {
      throw new TypeError(`"${by}" is not an ISO 8601 duration`);
    }
    this.#millis += duration.toMillis();
    return this.now();
  }

  /** The service factory that makes a test backend use this clock. */
  factory() {
    return createServiceFactory({
      service: clockServiceRef,
      deps: {},
      factory: () => this,
    });
  }
}
