import { isError, stringifyError } from '@backstage/errors';

/**
 * Ends the process with exit code 1 and the reason on stderr, for `backend.start().catch(exitOnFailedStart)`.
 *
 * @remarks
 *
 * Backstage handles unhandled rejections by logging them, so that without this a backend that failed to start would stay
 * alive, answering nothing, and its supervisor would never restart it.
 *
 * @public
 */
export function exitOnFailedStart(error: unknown): never {
  const isFinding = isError(error) && error.name === 'UnfitForProductionError';
  const reason = isFinding
    ? error.message
    : (isError(error) && error.stack) || stringifyError(error);
  process.stderr.write(`\n${reason}\n`);
  process.exit(1);
}
