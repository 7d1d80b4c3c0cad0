/** What is read of an answer or of the error of a failed request, as Octokit and others give them. */
export interface Answered {
  status?: unknown;
  message?: unknown;
  headers?: unknown;
  response?: { headers?: unknown };
}

type Headers = Record<string, unknown>;

/** GitHub asks for at least a minute when it names no time. */
const DEFAULT_PAUSE_MILLIS = 60_000;

/** For how long an answer says that the host must not be asked; 0 when it does not say so. */
export function pauseAfterAnswer(answer: Answered): number {
  const headers = headersOf(answer);
  return headers['x-ratelimit-remaining'] === '0' ? untilReset(headers) : 0;
}

/**
 * For how long the host must not be asked, as an error says; undefined when the request did not fail because of a limit.
 */
export function pauseAfterError(error: Answered): number | undefined {
  const headers = headersOf(error);
  const named = retryAfter(headers);
  if (error.status === 503) {
    return named;
  }
  const limited =
    error.status === 429 ||
    (error.status === 403 &&
      (named !== undefined ||
        headers['x-ratelimit-remaining'] === '0' ||
        /rate limit/i.test(String(error.message))));
  if (!limited) {
    return undefined;
  }
  return named ?? (untilReset(headers) || DEFAULT_PAUSE_MILLIS);
}

/** Whether the same request may well succeed when it is repeated. */
export function isPassing(error: Answered): boolean {
  const { status } = error;
  return (
    typeof status !== 'number' ||
    // Octokit gives 500 to what was never answered.
    status >= 500 ||
    status === 408
  );
}

function headersOf(answer: Answered): Headers {
  return (answer.headers ?? answer.response?.headers ?? {}) as Headers;
}

function retryAfter(headers: Headers): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) {
    return undefined;
  }
  const seconds = Number(value);
  if (Number.isFinite(seconds)) {
    return Math.max(0, seconds * 1000);
  }
  const at = Date.parse(String(value));
  const now = Date.parse(String(headers.date));
  return Number.isNaN(at) || Number.isNaN(now)
    ? undefined
    : Math.max(0, at - now);
}

// Both instants by the clock of the host: ours may differ.
function untilReset(headers: Headers): number {
  const reset = Number(headers['x-ratelimit-reset']) * 1000;
  const now = Date.parse(String(headers.date));
  return Number.isFinite(reset) && Number.isFinite(now)
    ? Math.max(1000, reset - now)
    : 0;
}
