import { open, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { guard } from './guardian.mjs';
import { say } from './progress.mjs';
import { ensureWritable } from './stateFolder.mjs';

const BEAT_MS = 2_000;
/** A holder that has not been heard of for so long is gone, with its machine perhaps. */
const STALE_MS = 60_000;

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

async function take(file) {
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const seen = await stat(file).catch(() => undefined);
  if (seen && Date.now() - seen.mtimeMs > STALE_MS) {
    await rm(file, { force: true });
  }
  return false;
}

/**
 * Runs `work` while no other launcher of this checkout runs work under the same
 * file: two portals that start at once must not build into one folder.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(file, work) {
  await ensureWritable(dirname(file));
  for (let tries = 1; !(await take(file)); tries += 1) {
    if (tries === 10) {
      say.line('… Waiting for another Waymark of this checkout to finish it');
    }
    await sleep(200);
  }
  const release = guard({ folder: file });
  const beat = setInterval(() => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  }, BEAT_MS);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
    release();
  }
}
