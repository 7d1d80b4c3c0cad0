import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { portFromEnv, requireFreePort } from '../lib/ports.mjs';
import { state } from '../lib/paths.mjs';
import { say } from '../lib/progress.mjs';

/** Empties the state folder: databases, forge, toolchain, logs. */
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
  await rm(state, { recursive: true, force: true, maxRetries: 3 });
  say.done(`Emptied ${state}: the next npm start begins afresh`);
}
