import { spawn } from 'node:child_process';
import { guard } from './guardian.mjs';
import { ownGroup, signalGroup } from './processGroup.mjs';

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
    child.on('exit', () => {
      signalGroup(child.pid, 'SIGTERM');
      release();
    });
  }
  return child;
}
