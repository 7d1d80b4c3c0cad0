import { LoggerService } from '@backstage/backend-plugin-api';
import { GithubIntegrationConfig } from '@backstage/integration';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import Bottleneck from 'bottleneck';

const PatientOctokit = Octokit.plugin(retry, throttling);

const MAX_RETRIES = 3;
/** A run that would wait longer fails instead, and is retried by a person. */
const MAX_WAIT_SECONDS = 120;
const REQUEST_TIMEOUT_MILLIS = 30_000;

/** Codes that the same request would get again. 409 is GitHub's "Git repository is empty". */
const FINAL = [400, 401, 403, 404, 409, 410, 422, 451];

/**
 * GitHub Enterprise Server counts no writes unless its administrators say so, and then answers as github.com does, which is
 * heard; only github.com asks for a second between writes and three between those that notify people.
 */
const unhurried = new Bottleneck.Group({ maxConcurrent: 1 });

const countsWrites = (host: string) =>
  host === 'github.com' || host.endsWith('.ghe.com');

/** A client that waits when the forge asks it to, and repeats what failed on the way. */
export function createOctokit(options: {
  config: GithubIntegrationConfig;
  token: string;
  logger: LoggerService;
  /** How long one request may take before it counts as failed. */
  timeoutMillis?: number;
}): Octokit {
  const {
    config,
    token,
    logger,
    timeoutMillis = REQUEST_TIMEOUT_MILLIS,
  } = options;
  const onLimit =
    (kind: string) =>
    (
      retryAfter: number,
      request: { method: string; url: string },
      _octokit: unknown,
      retryCount: number,
    ) => {
      const again = retryCount < MAX_RETRIES && retryAfter <= MAX_WAIT_SECONDS;
      logger.warn(
        `${config.host} has reached its ${kind} at ${request.method} ${
          request.url
        }: ${
          again
            ? `trying again in ${retryAfter} s`
            : 'giving up, try again later'
        }`,
      );
      return again;
    };
  return new PatientOctokit({
    auth: token,
    baseUrl: config.apiBaseUrl,
    userAgent: 'waymark-golden-paths',
    // Octokit logs whole requests, and their headers carry the token.
    log: { debug() {}, info() {}, warn() {}, error() {} },
    request: {
      // Octokit has no limit of its own, and a forge that never answers would hold the run for ever.
      fetch: (url: string, init?: RequestInit) =>
        fetch(url, { ...init, signal: AbortSignal.timeout(timeoutMillis) }),
    },
    retry: { doNotRetry: FINAL, retries: MAX_RETRIES },
    throttle: {
      id: config.host,
      onRateLimit: onLimit('rate limit'),
      onSecondaryRateLimit: onLimit('secondary rate limit'),
      ...(countsWrites(config.host)
        ? {}
        : { write: unhurried, notifications: unhurried }),
    },
  });
}
