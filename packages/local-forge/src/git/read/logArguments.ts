import { InputError } from '@backstage/errors';
import { GitLogOptions } from './types';
import { parsePath } from './validate';

/** The most commits one listing gives. */
export const MAX_LOG_LIMIT = 1_000;

/** Arguments of `git rev-list` for the commits that lead to `start`. */
export function logArguments(start: string, options: GitLogOptions): string[] {
  const limit = options.limit ?? 30;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LOG_LIMIT) {
    throw new InputError(`limit must be between 1 and ${MAX_LOG_LIMIT}`);
  }
  const skip = options.skip ?? 0;
  if (!Number.isInteger(skip) || skip < 0) {
    throw new InputError('skip must be a whole number, 0 or more');
  }
  const path = parsePath(options.path);
  return [
    'rev-list',
    `--max-count=${limit}`,
    `--skip=${skip}`,
    ...(options.since ? [`--since=${options.since.toISOString()}`] : []),
    ...(options.until ? [`--until=${options.until.toISOString()}`] : []),
    ...(options.author
      ? ['--fixed-strings', `--author=${options.author}`]
      : []),
    start,
    ...(path ? ['--', path] : []),
  ];
}
