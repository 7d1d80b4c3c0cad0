import { CustomErrorBase } from '@backstage/errors';

/**
 * A host has not told what it was asked for.
 * @public
 */
export class RefusedError extends CustomErrorBase {
  name = 'RefusedError' as const;
  /** Of the answer; undefined when there was none. */
  readonly status: number | undefined;
  /** Why, as far as can be told, without what was asked for. */
  readonly reason: string;
  /** What the host says itself. */
  readonly hostMessage: string;

  constructor(options: {
    question: string;
    status: number | undefined;
    reason: string;
    hostMessage: string;
  }) {
    super(`${options.question}: ${options.reason}`);
    this.status = options.status;
    this.reason = options.reason;
    this.hostMessage = options.hostMessage;
  }
}
