import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { DateTime, Duration } from 'luxon';
import { Clock } from './Clock';

const OFFSET = 'waymark.clock.offset';

/**
 * The clock of the machine, moved by a constant offset in development.
 * @public
 */
export class SystemClock implements Clock {
  readonly #offsetMillis: number;

  /**
   * Reads `waymark.clock.offset`, an ISO 8601 duration that may be negative (`-P30D`).
   *
   * @throws InputError when the offset is not a duration, or when one is set while `NODE_ENV` is `production`.
   */
  static fromConfig(
    config: Config,
    environment: string | undefined = process.env.NODE_ENV,
  ): SystemClock {
    const text = config.getOptionalString(OFFSET);
    if (text === undefined) {
      return new SystemClock(0);
    }
    if (environment === 'production') {
      throw new InputError(
        `${OFFSET} is set to "${text}": the clock can be moved in development only, remove it from the production configuration`,
      );
    }
    const offset = Duration.fromISO(text);
    if (!offset.isValid) {
      throw new InputError(
        `${OFFSET} must be an ISO 8601 duration such as "-P30D", but is "${text}"`,
      );
    }
    // Resolved once: calendar units added anew to each instant would make time run backwards at the end of a month.
    const anchor = DateTime.fromJSDate(systemNow(), { zone: 'utc' });
    return new SystemClock(anchor.plus(offset).toMillis() - anchor.toMillis());
  }

  private constructor(offsetMillis: number) {
    this.#offsetMillis = offsetMillis;
  }

  now(): Date {
    return new Date(systemNow().getTime() + this.#offsetMillis);
  }
}

function systemNow(): Date {
  // eslint-disable-next-line no-restricted-syntax -- this is the clock that the rule asks everyone to inject
  return new Date();
}
