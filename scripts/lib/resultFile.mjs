import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** Where a tool is to leave its result: a path in an existing folder, with nothing of an earlier run there. */
export async function freshResultFile(name) {
  const folder = join(root, 'node_modules/.cache');
  await mkdir(folder, { recursive: true });
  const file = join(folder, name);
  await rm(file, { force: true });
  return file;
}
