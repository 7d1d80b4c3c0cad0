import { randomBytes } from 'node:crypto';
import {
  access,
  constants,
  mkdir,
  readFile,
  writeFile,
} from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from './fail.mjs';
import { inState } from './paths.mjs';

/** Makes a folder, or says in one sentence why it cannot be written. */
export async function ensureWritable(folder) {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new UserError(
      `The folder ${folder} cannot be written (${error.code}): make it writable for your user, or move the checkout to a folder that is.`,
    );
  }
}

const MARKER = '.waymark-state';

/** Marks the state folder as ours, so that `npm run reset` never empties another. */
export async function markStateFolder() {
  await ensureWritable(inState());
  await writeFile(
    inState(MARKER),
    'Everything in this folder belongs to a Waymark; `npm run reset` empties it.\n',
  );
}

/** Whether a Waymark made this folder. */
export const isStateFolder = () => existsSync(inState(MARKER));

/** A random secret kept in the state folder, readable by its owner only. */
export async function keepSecret(name) {
  const file = inState('secrets', name);
  const existing = await readFile(file, 'utf8').catch(() => undefined);
  if (existing?.trim()) return existing.trim();
  await ensureWritable(dirname(file));
  const secret = randomBytes(32).toString('base64url');
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}
