import { join, resolve } from 'node:path';
import { root } from '../paths.mjs';

/**
 * Where the pinned tools are. Not a part of the state, so `npm run reset` leaves
 * it alone. `WAYMARK_TOOLS` moves it, so that checkouts can share one.
 */
export const toolsFolder = resolve(
  root,
  process.env.WAYMARK_TOOLS || join('.waymark', 'tools'),
);
