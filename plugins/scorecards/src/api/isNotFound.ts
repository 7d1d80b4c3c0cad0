import { isError } from '@backstage/errors';

/** Whether there is no such thing, or nothing that one may see. */
export function isNotFound({ cause }: Error & { cause?: unknown }): boolean {
  return isError(cause) && cause.name === 'NotFoundError';
}
