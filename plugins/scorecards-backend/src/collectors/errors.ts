import { isError } from '@backstage/errors';
import { RateLimitedError, RefusedError } from '@waymark/scorecards-node';

const LONGEST = 500;

/** An error as people shall read it: the same words for the same trouble, and without credentials. */
export function errorText(error: unknown): string {
  if (!isError(error)) {
    return readable(String(error));
  }
  const { message, cause } = error as Error;
  // What fetch throws says nothing by itself.
  return readable(
    message === 'fetch failed' && isError(cause)
      ? `${message}: ${cause.message}`
      : message || error.name,
  );
}

/** Whether a host does not know whoever asks, so that it will refuse whatever else is asked. */
export const isRefusal = (error: unknown): boolean => statusOf(error) === 401;

/** Whether a host has answered whom it knows, if only that it does not have what was asked for. */
export function isAnswer(error: unknown): boolean {
  const status = statusOf(error);
  return status !== undefined && status < 500 && status !== 401;
}

/** Why a host refuses everything: without what it was asked for, which is another thing each time. */
export function refusalText(host: string | undefined, error: unknown): string {
  return error instanceof RefusedError
    ? `${host ?? 'The host'} refuses to answer: ${error.reason}`
    : errorText(error);
}

/** For how long a host wants to be left alone; undefined when the error is another one. */
export const retryAfterMillis = (error: unknown): number | undefined =>
  error instanceof RateLimitedError ? error.retryAfterMillis : undefined;

function statusOf(error: unknown): number | undefined {
  const { status } = (error ?? {}) as { status?: unknown };
  return typeof status === 'number' ? status : undefined;
}

function readable(text: string): string {
  return text
    .replace(/(\w:\/\/)[^/@\s]+@/g, '$1')
    .replaceAll('\0', '')
    .slice(0, LONGEST);
}
