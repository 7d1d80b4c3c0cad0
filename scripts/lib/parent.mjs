import { spawnSync } from 'node:child_process';
import { isAlive } from './processGroup.mjs';

const POLL_MS = 500;
const SHELL = /(^|\/)-?(ba|da|a|z|k)?sh$/;

const stop = () => process.kill(process.pid, 'SIGTERM');

/** npm, and the shell that it runs scripts in. */
function ancestors() {
  const parent = process.ppid;
  if (process.platform === 'win32') return [parent];
  const row = spawnSync('ps', ['-o', 'ppid=,comm=', '-p', String(parent)], {
    encoding: 'utf8',
  }).stdout?.trim();
  const [, grandparent, command] = /^(\d+)\s+(.*)$/.exec(row ?? '') ?? [];
  return SHELL.test(command ?? '') ? [parent, Number(grandparent)] : [parent];
}

/**
 * The bootstrap under another Node, or npm, is our parent; when it is killed,
 * we stop too. Started by hand there is no such parent: a shell may end and
 * leave its portal running.
 */
export function stopWithParent() {
  if (process.channel) {
    process.channel.unref();
    process.on('disconnect', stop);
  }
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    const watched = ancestors();
    const watch = setInterval(() => {
      if (process.ppid === parent && watched.every(isAlive)) return;
      clearInterval(watch);
      stop();
    }, POLL_MS);
    watch.unref();
  }
}
