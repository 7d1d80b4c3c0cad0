import {
  LoggerService,
  RootLifecycleService,
} from '@backstage/backend-plugin-api';
import { Config, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import { setTimeout as sleep } from 'node:timers/promises';
import { RequestDrain } from './RequestDrain';

const DELAY = 'backend.lifecycle.serverShutdownDelay';
/** With the delay, and what plugins need to end, well below the 30 seconds after which Kubernetes kills. */
const ANSWER_MS = 15_000;
const END_MS = 1_000;

/**
 * Ends the HTTP server in this order: for the configured delay it says that it is not ready any more, and still answers;
 * then it waits for the requests in flight while all plugins still work; then, with the plugins gone, it ends streams and
 * long polls.
 *
 * @remarks
 *
 * Backstage alone ends plugins and their connections first, and then waits for every open request, so for the long polls
 * of its own event bus: up to 55 seconds.
 */
export function drainOnShutdown(
  drain: RequestDrain,
  lifecycle: RootLifecycleService,
  config: Config,
  logger: LoggerService,
): void {
  const delayMs = config.has(DELAY)
    ? durationToMilliseconds(readDurationFromConfig(config, { key: DELAY }))
    : 0;
  lifecycle.addBeforeShutdownHook(async () => {
    drain.announce();
    await sleep(delayMs);
    const unanswered = await drain.answered(ANSWER_MS);
    if (unanswered.length > 0) {
      logger.warn(
        `Stopping although requests have no answer: ${unanswered.join(', ')}`,
      );
    }
  });
  lifecycle.addShutdownHook(() => drain.end(END_MS));
}
