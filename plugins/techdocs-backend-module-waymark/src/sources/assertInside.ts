import { isChildPath } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { lstat, realpath } from 'node:fs/promises';

/**
 * Refuses a path that leads out of a folder, by itself or by a symbolic link on its way.
 *
 * @param label - names the path in the error
 * @returns whether there is something at `path`
 * @throws NotAllowedError when it leads out, or to nowhere
 */
export async function assertInside(
  folder: string,
  path: string,
  label: string,
): Promise<boolean> {
  const refusal = new NotAllowedError(
    `${label} leads out of the folder of the documentation`,
  );
  // Before anything is looked up: outside, even whether a file exists is nobody's business.
  if (!isChildPath(folder, path)) {
    throw refusal;
  }
  const exists = await lstat(path).then(
    () => true,
    () => false,
  );
  if (!exists) {
    return false;
  }
  const target = await realpath(path).catch(() => undefined);
  if (!target || !isChildPath(await realpath(folder), target)) {
    throw refusal;
  }
  return true;
}
