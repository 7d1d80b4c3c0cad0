import { spawnSync } from 'node:child_process';

const windows = process.platform === 'win32';

/**
 * Makes a child the leader of a process group: Ctrl-C reaches the launcher
 * alone, which stops its children in order, each with all of its descendants.
 */
export const ownGroup = { detached: !windows, windowsHide: true };

/** Signals a process and its descendants; that they are gone already is no error. */
export function signalGroup(pid, signal) {
  if (windows) {
    spawnSync('taskkill', ['/PID', String(pid), '/T', '/F'], {
      stdio: 'ignore',
      windowsHide: true,
    });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // macOS: EPERM for a group of which only zombies are left.
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error;
  }
}

/** Whether there is such a process; that of another user counts. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

export const groupIsAlive = pid => isAlive(windows ? pid : -pid);
