import {
  ConflictError,
  CustomErrorBase,
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';

/** The HTTP status that the forge answered with; undefined when it did not answer. */
export function statusOf(error: unknown): number | undefined {
  const { status, response } = (error ?? {}) as {
    status?: unknown;
    response?: unknown;
  };
  // Octokit gives a 500 of its own to what was never answered.
  return response && typeof status === 'number' ? status : undefined;
}

type ErrorClass = new (message: string, cause?: unknown) => CustomErrorBase;

const CLASSES: Record<number, ErrorClass> = {
  401: NotAllowedError,
  403: NotAllowedError,
  404: NotFoundError,
  409: ConflictError,
  422: InputError,
};

/** Says what was tried and what the forge answered, without the request, whose headers carry the token. */
export function forgeError(doing: string, error: unknown): Error {
  if (error instanceof CustomErrorBase) {
    return error;
  }
  const status = statusOf(error);
  const reason = isError(error) ? error.message.split('\n', 1)[0] : 'no answer';
  const ErrorType = CLASSES[status ?? 0] ?? ServiceUnavailableError;
  return new ErrorType(
    `Could not ${doing}: the forge ${
      status === undefined ? 'did not answer' : `answered ${status}`
    } (${reason})`,
  );
}

/** Runs a call to the forge, and explains its failure. */
export async function attempt<T>(
  doing: string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw forgeError(doing, error);
  }
}

/** The result of a read, or undefined when there is no such thing. */
export async function unlessMissing<T>(
  call: Promise<T>,
  missing: number[] = [404],
): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (missing.includes(statusOf(error) ?? 0)) {
      return undefined;
    }
    throw error;
  }
}
