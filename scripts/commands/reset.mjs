import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { portFromEnv, requireFreePort } from '../lib/ports.mjs';
import { UserError } from '../lib/fail.mjs';
import { root, state } from '../lib/paths.mjs';
import { isStateFolder } from '../lib/stateFolder.mjs';
import { say } from '../lib/progress.mjs';
import { toolsFolder } from '../lib/tools/toolsFolder.mjs';

/** Empties the state folder: databases, forge, toolchain, logs. Tools stay: they are no state, and take minutes to build. */
export default async function reset() {
  // A running portal would write into the folder while it goes.
  await requireFreePort(
    portFromEnv('WAYMARK_PORT', 7007),
    'WAYMARK_PORT',
    'the portal',
  );
  await requireFreePort(
    portFromEnv('WAYMARK_FORGE_PORT', 7009),
    'WAYMARK_FORGE_PORT',
    'the local forge',
  );
  if (!existsSync(state)) {
    say.done(`Nothing to empty: ${state} does not exist`);
    return;
  }
  if (state !== join(root, '.waymark') && !isStateFolder()) {
    throw new UserError(
      `${state} was not made by Waymark, so it is not emptied: check WAYMARK_STATE.`,
    );
  }
  for (const name of await readdir(state)) {
    const entry = join(state, name);
    if (entry !== toolsFolder) {
      await rm(entry, { recursive: true, force: true, maxRetries: 3 });
    }
  }
  if ((await readdir(state)).length === 0) await rmdir(state);
  say.done(`Emptied ${state}: the next npm start begins afresh`);
}
