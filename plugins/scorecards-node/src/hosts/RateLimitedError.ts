import { CustomErrorBase } from '@backstage/errors';

/**
 * A host wants to be left alone for longer than a request can wait. Not an outage: what was known stays known, and is
 * asked for again later.
 * @public
 */
export class RateLimitedError extends CustomErrorBase {
  name = 'RateLimitedError' as const;
  /** For how many milliseconds from now the host must not be asked. */
  readonly retryAfterMillis: number;

  constructor(host: string, retryAfterMillis: number) {
    super(
      `${host} has answered as often as it wants to and is asked again in ${Math.ceil(
        retryAfterMillis / 1000,
      )} s`,
    );
    this.retryAfterMillis = retryAfterMillis;
  }
}
