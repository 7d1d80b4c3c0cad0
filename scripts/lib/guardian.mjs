import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ownGroup } from './processGroup.mjs';

/** @typedef {{ group: number, signal?: string } | { folder: string }} Guarded */

let guardian;
let lastId = 0;

function tell(message) {
  if (!guardian) {
    guardian = spawn(
      process.execPath,
      [join(import.meta.dirname, 'guardianProcess.mjs')],
      { ...ownGroup, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    guardian.on('error', () => {});
    // Written to after it went, say by a kill -9 of everything.
    guardian.stdin.on('error', () => {});
    guardian.unref();
    guardian.stdin.unref();
  }
  guardian.stdin.write(`${JSON.stringify(message)}\n`);
  return guardian;
}

/**
 * Has a process group or a folder removed when this process ends, however it
 * ends: a process of its own watches, so that not even kill -9 leaves anything.
 *
 * @param {Guarded} guarded
 * @returns {() => void} takes it out of guard, once it is gone by itself
 */
export function guard(guarded) {
  lastId += 1;
  const id = lastId;
  const told = tell({ id, guarded });
  return () => {
    // One that has ended its guard knows nothing of it any more, and its successor never did.
    if (guardian === told) tell({ id });
  };
}

/** Ends and removes all that is guarded, and resolves when it is gone. */
export async function endGuarded() {
  const ending = guardian;
  if (!ending) return;
  guardian = undefined;
  if (ending.exitCode !== null || ending.signalCode !== null) return;
  ending.ref();
  const gone = new Promise(resolve => ending.on('exit', resolve));
  ending.stdin.end();
  await gone;
}
