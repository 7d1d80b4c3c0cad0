import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(import.meta.url), '../../..');

/** Everything a running Waymark keeps. `WAYMARK_STATE` moves it, so that tests have a portal of their own. */
export const state = resolve(
  root,
  process.env.WAYMARK_STATE || join(root, '.waymark'),
);

/** Tools are shared by all portals of this checkout. */
export const toolchain = join(root, '.waymark', 'toolchain');
export const inState = (...parts) => join(state, ...parts);
