import { UserError } from './fail.mjs';
import { runToEnd } from './processes.mjs';

/**
 * The first of these users that the machine has, for programs that must not run as root; nothing when we are not root.
 *
 * @param {string[]} users
 * @param {string} what must not run as root
 * @returns {Promise<{ uid?: number, gid?: number }>}
 */
export async function unprivileged(users, what) {
  if (process.getuid?.() !== 0) return {};
  for (const user of users) {
    const id = kind => runToEnd('id', [kind, user]).then(Number);
    const ids = await Promise.all([id('-u'), id('-g')]).catch(() => undefined);
    if (ids) return { uid: ids[0], gid: ids[1] };
  }
  throw new UserError(
    `${what} cannot run as root, and there is none of the users ${users.join(
      ', ',
    )}: run the tests as another user.`,
  );
}
