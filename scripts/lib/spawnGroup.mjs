import { spawn } from 'node:child_process';
import { guard } from './guardian.mjs';
import { groupIsAlive, ownGroup, signalGroup } from './processGroup.mjs';

const STRAGGLERS_MS = 5_000;
const POLL_MS = 50;

/**
 * Spawns a program that ends, with all of its descendants, when this process
 * ends, however that ends. When the program ends by itself, stragglers go too.
 *
 * @param {string} [signal] what asks it to stop; SIGTERM unless told
 */
export function spawnGroup(command, args, options, signal = 'SIGTERM') {
  const child = spawn(command, args, { ...options, ...ownGroup });
  if (child.pid !== undefined) {
    const release = guard({ group: child.pid, signal });
    child.on('exit', () => void endStragglers(child.pid).then(release));
  }
  return child;
}

/**
 * What a program left behind goes too, and is insisted on. It keeps the number
 * of the group from being given to another; after that nobody is signalled.
 */
async function endStragglers(group) {
  signalGroup(group, 'SIGTERM');
  const deadline = performance.now() + STRAGGLERS_MS;
  while (groupIsAlive(group)) {
    if (performance.now() > deadline) {
      signalGroup(group, 'SIGKILL');
      return;
    }
    // Nobody waits for it: when we end before, the guardian goes on.
    await new Promise(resolve => setTimeout(resolve, POLL_MS).unref());
  }
}
